"""What the form of a notice, a topic, a fact, a source or the clinic shows beside it."""

from django.template.response import TemplateResponse
from wagtail.models import Page, Site

from core.chrome import chrome_of
from core.models import BasePage, ClinicSettings, Notice, Topic, published
from core.models.clinic import LEGAL_ROLES
from core.previews import preview
from faq.models import FAQIndexPage
from governance.models import Fact, Reference
from pages.models import VisitPage


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
def on_the_home_page(notice: Notice, request):
    """As from its start to its end, whatever the time is now."""
    notice.link_is_readable = _can_be_read(notice.link_page)
    chrome = chrome_of(request)
    chrome.notices = [notice, *(other for other in chrome.notices if other.pk != notice.pk)]
    return _front(request)


@preview.register
def above_its_questions(topic: Topic, request):
    index = FAQIndexPage.objects.first()
    if index is None:
        return _render(request, "editorial/preview.html", topic=topic)
    return index.show_topic(request, topic, index.questions(topic).short() if topic.pk else [])


@preview.register
def in_a_sentence(fact: Fact, request):
    return _render(request, "editorial/preview_fact.html", fact=fact)


@preview.register
def in_the_list_of_sources(reference: Reference, request):
    return _render(request, "editorial/preview_source.html", reference=reference)


@preview.register
def on_the_visit_page(clinic: ClinicSettings, request):
    """The page that shows most of it; name, links and legal pages stand around it as around every page."""
    for role in LEGAL_ROLES:
        setattr(clinic, f"{role}_is_readable", _can_be_read(getattr(clinic, f"{role}_page")))
    links = list(clinic.navigation_items.all())
    for link in links:
        link.is_readable = _can_be_read(link.page)
    chrome = chrome_of(request)
    chrome.clinic, chrome.links = clinic, links
    visit = VisitPage.objects.first()
    return visit.serve_preview(request, "") if visit else _front(request)
