"""Previews of a notice, a topic, a safety line, a fact, a source and the clinic's settings."""

from django.template.response import TemplateResponse
from wagtail.models import Page, Site

from clinic.models import LEGAL_ROLES, ClinicSettings, Notice
from clinic.site_context import site_context_for
from core.models import BasePage, SafetyLine, Topic
from evidence.models import Fact, Reference
from faq.models import FAQIndexPage
from pages.models import VisitPage
from publishing.page_tree import outside_trash
from publishing.previews import preview
from publishing.visibility import published


def _can_be_read(page):
    return bool(page and published(Page.objects.filter(pk=page.pk)).exists())


def _render(request, template, **context):
    return TemplateResponse(request, template, {"noindex": True, **context})


def _front(request):
    """The home page; on a site without one, a page with nothing but what stands around every page."""
    site = Site.find_for_request(request)
    home = site and site.root_page.specific
    return home.serve_preview(request, "") if isinstance(home, BasePage) else _render(request, "editorial/preview.html")


@preview.register
def preview_notice(notice: Notice, request):
    """As from its start to its end, whatever the time is now."""
    notice.link_is_readable = _can_be_read(notice.link_page)
    site_context = site_context_for(request)
    site_context.notices = [notice, *(other for other in site_context.notices if other.pk != notice.pk)]
    return _front(request)


@preview.register
def preview_topic(topic: Topic, request):
    index = outside_trash(FAQIndexPage.objects.all()).first()
    if index is None:
        return _render(request, "editorial/preview.html", topic=topic)
    return index.show_topic(request, topic, index.questions(topic).short() if topic.pk else [])


@preview.register
def preview_line(line: SafetyLine, request):
    """Under an answer that carries it; alone where none does."""
    page = published(line.shown_on()).first() if line.pk else None
    if page is None:
        return _render(request, "editorial/preview_line.html", line=line)
    page = page.specific
    line.live = True
    page.safety_line = line
    return page.serve_preview(request, "")


@preview.register
def preview_fact(fact: Fact, request):
    return _render(request, "editorial/preview_fact.html", fact=fact)


@preview.register
def preview_reference(reference: Reference, request):
    return _render(request, "editorial/preview_source.html", reference=reference)


@preview.register
def preview_clinic(clinic: ClinicSettings, request):
    """The page that shows most of it; name, links and legal pages stand around it as around every page."""
    clinic.contact_person_is_readable = _can_be_read(clinic.contact_person)
    for role in LEGAL_ROLES:
        setattr(clinic, f"{role}_is_readable", _can_be_read(getattr(clinic, f"{role}_page")))
    links = list(clinic.navigation_items.all())
    for link in links:
        link.is_readable = _can_be_read(link.page)
    site_context = site_context_for(request)
    site_context.clinic, site_context.links = clinic, links
    visit = outside_trash(VisitPage.objects.all()).first()
    return visit.serve_preview(request, "") if visit else _front(request)
