"""Questions and articles as Markdown, at addresses of their own."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from blog.models import BlogPostPage
from core.full_text import full_text
from core.models import BasePage
from delivery.json_ld import absolute
from faq.models import FAQEntryPage
from publishing.visibility import published
from seo.markdown import escaped, markdown

MARKDOWN_MODELS = (FAQEntryPage, BlogPostPage)


def markdown_url(page: BasePage) -> str:
    """Where a question or an article stands as Markdown."""
    return absolute(f"{page.url}index.md")


def find_page(path: str) -> BasePage | None:
    """The page whose Markdown stands below a path of this site; None unless anybody may read and find it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or "\x00" in path:
        return None
    pages = Page.objects.filter(url_path=f"{site.root_page.url_path}{path}/", alias_of__isnull=True)
    page = published(pages).first()
    page = page and page.specific
    return page if isinstance(page, MARKDOWN_MODELS) and not page.hide_from_search_engines else None


def render_page(page: BasePage, request: HttpRequest) -> str:
    """A question or an article as Markdown: title, byline with dates, text, sources, review status, notices."""
    parts = [
        f"# {escaped(page.title)}",
        markdown(full_text(page, request)).strip(),
        f"{_('This text on the site')}: <{absolute(page.url)}>",
    ]
    return "\n\n".join(parts) + "\n"
