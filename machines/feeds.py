"""The articles as feeds: whole texts, with their authors and notices."""

from datetime import UTC, datetime, time

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from blog.models import BlogIndexPage, BlogPostPage
from clinic.site_context import site_context_for
from core.head import shortened
from core.text_rendering import without_control_characters
from delivery.json_ld import absolute
from machines.full_text import full_text
from machines.listing import Changes, listed_pages

MOST = 20  # articles


class Steady:
    """A feed of any texts, which without articles does not call itself new at every moment."""

    def __init__(self, title, link, description, **kwargs):
        super().__init__(without_control_characters(title), link, without_control_characters(description), **kwargs)

    def add_item(self, title, link, description, *, authors, content, **kwargs):
        title, description, content, *authors = map(without_control_characters, [title, description, content, *authors])
        super().add_item(title, link, description, authors=authors, content=content, **kwargs)

    def latest_post_date(self):
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


class Atom(Steady, Atom1Feed):
    """Atom with whole texts."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class Rss(Steady, Rss201rev2Feed):
    """RSS with whole texts and names; its own `author` is for e-mail addresses."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])


def _noon(day):
    """A moment on a day that stands for it in every time zone of the country; None for None."""
    return day and timezone.make_aware(datetime.combine(day, time(12)), timezone.get_default_timezone())


KINDS = {"atom": Atom, "rss": Rss}


def feed(kind, request):
    """The newest articles that search engines may list, as a feed generator."""
    pages, changes = listed_pages(), Changes()
    index = next((page for page in pages if isinstance(page, BlogIndexPage)), None)
    newest = BlogPostPage.objects.filter(pk__in=[page.pk for page in pages]).newest_first()[:MOST]
    name, path = site_context_for(request).name, f"/feed/{kind}/"
    made = KINDS[kind](
        title=f"{index.title if index else _('Articles')} · {name}",
        link=absolute(index.url if index else "/"),
        description=(index.description if index else "") or name,
        language="en-US",
        feed_url=absolute(path),
        feed_guid=absolute(path),
    )
    for article in BlogPostPage.prefetch_authors(newest):
        made.add_item(
            title=article.title,
            link=absolute(article.url),
            # Readers take it for HTML.
            description=escape(shortened(article.description or article.title)),
            # Stays the same when the article is renamed or moved.
            unique_id=f"urn:uuid:{article.translation_key}",
            unique_id_is_permalink=False,
            pubdate=_noon(article.published_on) or article.first_published_at,
            updateddate=changes.of(article) or article.first_published_at,
            authors=[author["name"] for author in article.authors] or [_("Innerbloom")],
            content=full_text(article, request),
        )
    return made
