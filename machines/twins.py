"""Questions and articles as Markdown at addresses of their own, and llms.txt, which lists them."""

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from blog.models import BlogPostPage
from clinic.site_context import site_context_for
from core.head import opening
from core.text_rendering import plain_text
from delivery.json_ld import absolute
from disclaimers.notices import notices_for
from faq.models import FAQEntryPage, grouped
from machines.full_text import full_text
from machines.listing import listed_pages
from machines.markdown import escaped, markdown
from publishing.visibility import published

KINDS = (FAQEntryPage, BlogPostPage)


def twin_address(page):
    """Where a question or article stands as Markdown."""
    return absolute(f"{page.url}index.md")


def page_with_twin(path):
    """The page whose Markdown stands below a path of this site; None unless anybody may read and find it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or "\x00" in path:
        return None
    pages = Page.objects.filter(url_path=f"{site.root_page.url_path}{path}/", alias_of__isnull=True)
    page = published(pages).first()
    page = page and page.specific
    return page if isinstance(page, KINDS) and not page.hide_from_search_engines else None


def twin(page, request):
    """A question or an article as Markdown: title, byline with dates, text, sources, review status, notices."""
    parts = [
        f"# {escaped(page.title)}",
        markdown(full_text(page, request)).strip(),
        f"{_('This text on the site')}: <{absolute(page.url)}>",
    ]
    return "\n\n".join(parts) + "\n"


def llms_txt(request):
    """What the site is, what it says of itself, and where each text stands."""
    pages = listed_pages()
    home = next((page for page in pages if page.depth == 2), None)
    questions = FAQEntryPage.objects.filter(pk__in=[page.pk for page in pages]).select_related("topic").in_order()
    articles = BlogPostPage.objects.filter(pk__in=[page.pk for page in pages]).newest_first()
    parts = [f"# {escaped(site_context_for(request).name)}"]
    if words := home and (home.description or opening(home)):
        parts.append(f"> {escaped(words)}")
    for notice in notices_for(None, request):
        words = plain_text(notice.notice) if notice.is_rich else str(notice.notice)
        parts.append(f"{escaped(str(notice.title))}: {escaped(words)}")
    sections = [(str(topic or _("More questions")), found, twin_address) for topic, found in grouped(questions)]
    sections.append((_("Articles"), list(articles), twin_address))
    others = [page for page in pages if not isinstance(page, KINDS)]
    sections.append((_("Pages"), others, lambda page: absolute(page.url)))
    for heading, found, address in sections:
        if found:
            parts += [f"## {escaped(heading)}", "\n".join(_line(page, address(page)) for page in found)]
    return "\n\n".join(parts) + "\n"


def _line(page, address):
    words = page.description
    return f"- [{escaped(page.title)}]({address})" + (f": {escaped(words)}" if words else "")
