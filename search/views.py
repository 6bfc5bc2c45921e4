"""How a visitor finds an answer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.models.safety_lines import lines_on
from publishing.visibility import published
from search.backend import clean_query
from search.crisis.contacts import contacts_for
from search.crisis.recognition import recognize
from search.models import CrisisPhrase

MIN_QUERY_LENGTH = 2  # letters; one is in nearly every text
MAX_TYPED_LENGTH = 500  # characters; a cry for help may be long
RESULTS_PER_PAGE = 10
MAX_RESULTS = 100
# Where "Leave this page quickly" leads: a page that says nothing about whoever reads it.
NEUTRAL_PAGE = "https://www.weather.gov/"


def find_pages(query: str) -> list[Page]:
    """Readable pages for a cleaned query, best first: all its words, else any of them."""
    if len(query) < MIN_QUERY_LENGTH:
        return []
    pages = Page.objects.live().filter(depth__gt=2)
    found = list(pages.search(query, operator="and")[:MAX_RESULTS])
    found = found or list(pages.search(query, operator="or")[:MAX_RESULTS])
    # Backends filter by indexed fields only; who may read a page now is asked of the pages themselves.
    readable = published(Page.objects.filter(pk__in=[page.pk for page in found], alias_of=None)).in_bulk()
    return [page for page in found if page.pk in readable]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page; never indexed, and the words typed are kept nowhere: no cache, no log, no referrer."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_TYPED_LENGTH]
    query = clean_query(typed)
    pager = Paginator(find_pages(query), RESULTS_PER_PAGE).get_page(request.GET.get("page"))
    results = Page.objects.filter(pk__in=[page.pk for page in pager]).specific()
    by_pk = {page.pk: page for page in results}
    shown = [by_pk[page.pk] for page in pager if page.pk in by_pk]
    danger = recognize(typed, CrisisPhrase.all_phrases()) if typed else None
    response = render(
        request,
        "search/search.html",
        {
            "query": typed,
            "too_short": bool(typed) and len(query) < MIN_QUERY_LENGTH,
            "results": shown,
            "lines": lines_on(shown),
            "pager": pager,
            "danger": danger,
            "contacts": contacts_for(danger) if danger else [],
            "neutral_page": NEUTRAL_PAGE,
            "noindex": True,
        },
    )
    response["Referrer-Policy"] = "no-referrer"
    if typed:
        response["Cache-Control"] = "no-store"
    return response
