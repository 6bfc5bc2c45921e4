"""llms.txt: what the site is, for language models."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from blog.models import BlogPostPage
from clinic.site_context import site_context_for
from core.head import opening_words
from core.models import BasePage
from core.models.safety_lines import lines_on
from delivery.json_ld import absolute
from disclaimers.notices import notices_for
from faq.models import FAQEntryPage, grouped
from seo.markdown import escaped
from seo.markdown_pages import MARKDOWN_MODELS, markdown_url
from seo.sitemap import indexable_pages
from text.rendering import plain_text


def llms_txt(request: HttpRequest) -> str:
    """What the site is, what it says of itself, and where each text stands."""
    pages = indexable_pages()
    home = next((page for page in pages if page.depth == 2), None)
    questions = FAQEntryPage.objects.filter(pk__in=[page.pk for page in pages]).with_lines().in_order()
    articles = BlogPostPage.objects.filter(pk__in=[page.pk for page in pages]).newest_first()
    parts = [f"# {escaped(site_context_for(request).name)}"]
    if words := home and (home.description or opening_words(home)):
        parts.append(f"> {escaped(words)}")
    for notice in notices_for(None, request):
        words = plain_text(notice.notice) if notice.is_rich else str(notice.notice)
        parts.append(f"{escaped(str(notice.title))}: {escaped(words)}")
    sections = [(str(topic or _("More questions")), found, markdown_url) for topic, found in grouped(questions)]
    sections.append((_("Articles"), list(articles), markdown_url))
    others = [page for page in pages if not isinstance(page, MARKDOWN_MODELS)]
    sections.append((_("Pages"), others, lambda page: absolute(page.url)))
    for heading, found, url_of in sections:
        if found:
            lines = [escaped(line.words) for line in lines_on(found)]
            parts += [f"## {escaped(heading)}", *lines, "\n".join(_line(page, url_of(page)) for page in found)]
    return "\n\n".join(parts) + "\n"


def _line(page: BasePage, url: str) -> str:
    words = page.description
    return f"- [{escaped(page.title)}]({url})" + (f": {escaped(words)}" if words else "")
