"""The newest articles as Atom and RSS: whole texts, with their authors and notices."""

from datetime import UTC, date, datetime, time
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from blog.models import BlogIndexPage, BlogPostPage
from clinic.site_context import site_context_for
from core.full_text import full_text
from core.head import truncate
from delivery.json_ld import absolute
from disclaimers.last_modified import last_modified
from reviews.summary import prefetch_reviews
from text.control_characters import without_control_characters

MAX_ARTICLES = 20


class ArticleFeed(SyndicationFeed):
    """What both formats share: text that XML can hold, and a fixed date for a feed without articles."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)

    def write(self, outfile: Any, encoding: str) -> None:
        self.feed, self.items = _xml_text(self.feed), _xml_text(self.items)
        super().write(outfile, encoding)


class AtomFeed(ArticleFeed, Atom1Feed):
    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(ArticleFeed, Rss201rev2Feed):
    """Names stand in `dc:creator`, because the `author` of RSS is an e-mail address."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])


def _xml_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _xml_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_xml_text(part) for part in value]
    return without_control_characters(value) if isinstance(value, str) else value


def _noon(day: date | None) -> datetime | None:
    """Noon of a day, which is the same day in every time zone of the country."""
    return timezone.make_aware(datetime.combine(day, time(12)), timezone.get_default_timezone()) if day else None


@require_safe
@cache_control(no_cache=True)  # asked for again each time, and compared by its ETag
def article_feed(request: HttpRequest, feed_type: type[AtomFeed] | type[RssFeed]) -> HttpResponse:
    """
    The newest articles that search engines may list.

    Not a `django.contrib.syndication` view: that dates its answer by the newest article, and a
    reader who asks by date would not learn that an article has expired or gone.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    index = BlogIndexPage.objects.descendant_of(site.root_page).indexable().first()
    name, address = site_context_for(request).name, absolute(request.path)
    feed = feed_type(
        title=f"{index.title if index else _('Articles')} · {name}",
        link=absolute(index.url if index else "/"),
        description=(index.description if index else "") or name,
        language="en-US",
        feed_url=address,
        feed_guid=address,
    )
    articles = BlogPostPage.objects.descendant_of(site.root_page).indexable().newest_first()[:MAX_ARTICLES]
    for article in prefetch_reviews(BlogPostPage.prefetch_authors(articles)):
        feed.add_item(
            title=article.title,
            link=absolute(article.url),
            description=escape(truncate(article.description or article.title)),  # readers take it for HTML
            unique_id=f"urn:uuid:{article.translation_key}",  # stays when the article is renamed or moved
            unique_id_is_permalink=False,
            pubdate=_noon(article.published_on) or article.first_published_at,
            updateddate=last_modified(article, request) or article.first_published_at,
            authors=[author["name"] for author in article.authors] or [_("Innerbloom")],
            content=full_text(article, request),
        )
    headers = {"X-Robots-Tag": "noindex"}
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type, headers=headers)
