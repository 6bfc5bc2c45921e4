"""Every list of the admin: searched, ordered by each of its columns, and both."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from wagtail.admin.menu import reports_menu
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.snippets.models import get_snippet_models

from tests import factories

FOUND_BY_ALL = "quiet"


def fill():
    """A record for each list, all found by one word."""
    reference = factories.reference(title=FOUND_BY_ALL, authors=FOUND_BY_ALL)
    factories.fact(value=FOUND_BY_ALL, reference=reference)
    topic = factories.topic(FOUND_BY_ALL)
    factories.notice(FOUND_BY_ALL)
    factories.question(FOUND_BY_ALL, topic=topic)
    factories.article(FOUND_BY_ALL, topics=[topic])
    factories.person(FOUND_BY_ALL)
    factories.disclaimer()
    factories.picture(title=FOUND_BY_ALL)
    get_document_model().objects.create(title=FOUND_BY_ALL, file=ContentFile(b"quiet", name="quiet.txt"))
    Redirect.objects.create(old_path=f"/{FOUND_BY_ALL}", redirect_link="/")


def lists(request):
    """The address of every list: of the registered viewsets, the explorer, reports, media and redirects."""
    found = {
        reverse("wagtailadmin_explore", args=[page.pk])
        for page in (factories.home(), factories.faq_index(), factories.blog_index(), factories.team())
    }
    names = ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index", "wagtailredirects:index")
    found |= {reverse(name) for name in names}
    found |= {item.url for item in reports_menu.menu_items_for_request(request)}
    for viewset in viewsets.viewsets:
        for name in ("index", "list"):
            try:
                found.add(reverse(viewset.get_url_name(name)))
            except NoReverseMatch:
                continue
    return sorted(found)


def orders(html):
    """What the headings of a list order by, forward and back."""
    links = BeautifulSoup(html, "html.parser").select("thead a[href*='ordering=']")
    names = {parse_qs(urlsplit(link["href"]).query)["ordering"][0].lstrip("-") for link in links}
    return sorted(f"{sign}{name}" for name in names for sign in ("", "-"))


@pytest.mark.each_database
def test_every_list_can_be_searched_and_ordered_by_every_column(site, client, rf):
    client.force_login(factories.administrator())
    client.raise_request_exception = False
    fill()
    request = rf.get("/")
    request.user = factories.administrator()
    ordered, broken = {}, []
    for url in lists(request):
        answer = client.get(url)
        assert answer.status_code in {200, 302}, url
        ordered[url] = orders(answer.content)
        for query in [{}, {"q": FOUND_BY_ALL}]:
            for order in [{}, *({"ordering": name} for name in ordered[url])]:
                answer = client.get(url, {**query, **order})
                if answer.status_code >= 400:
                    broken.append((url, {**query, **order}))
    assert broken == []
    # The walk has seen what it is for.
    for kind in ("core/topic", "evidence/fact", "evidence/reference"):
        assert ordered[f"/admin/snippets/{kind}/"], kind
    for name in ("questions", "articles", "people", "users"):
        assert ordered[f"/admin/{name}/"], name


@pytest.mark.each_database
def test_every_chooser_can_be_searched(site, client):
    user = factories.administrator()
    client.force_login(user)
    client.raise_request_exception = False
    fill()
    found, broken = [], []
    for viewset in viewsets.viewsets:
        for name in ("choose", "choose_results"):
            try:
                url = reverse(viewset.get_url_name(name))
            except NoReverseMatch:
                continue
            found.append(url)
    for model in get_snippet_models():
        viewset = model.snippet_viewset.chooser_viewset
        try:
            found += [reverse(viewset.get_url_name(name)) for name in ("choose", "choose_results")]
        except NoReverseMatch:  # a single record, which nobody chooses
            continue
    found += [reverse("wagtailadmin_choose_page"), reverse("wagtailadmin_choose_page_search")]
    for url in found:
        for query in (FOUND_BY_ALL, "'\"%_\\", "\x00", "a" * 300):
            answer = client.get(url, {"q": query})
            if answer.status_code >= 400:
                broken.append((url, query, answer.status_code))
    assert len(found) > 10
    assert broken == []
