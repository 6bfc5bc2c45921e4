"""Links between pages: those that lead nowhere, and the pages that none leads to."""

import re

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from blog.models import BlogPostPage
from clinic.models import LEGAL_ROLES, ClinicSettings, NavigationItem
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage
from faq.models import FAQEntryPage
from pages.models import HomePage
from people.models import PersonPage, TeamIndexPage
from publishing.visibility import published
from redirects.destinations import destinations

# What a parent lists, or what every page links to by itself: nobody has to link to it.
_FOUND_WITHOUT_LINKS = (
    *(HomePage, FAQEntryPage, BlogPostPage, TeamIndexPage, PersonPage),
    *(DisclaimerIndexPage, DisclaimerPage),
)

# Of these, what stands on a list that staff put into the navigation.
_LISTED = (FAQEntryPage, BlogPostPage)

# References from a field in which a page is chosen, such as that of a door, and not from a text.
_CHOSEN = re.compile(r"(^|[._])page$")

# References that a visitor does not follow: bylines keep their names; a disclaimer names where it applies.
NO_LINKS = ("authorships.", "chosen_pages.", "section")


def _as_text(pages: PageQuerySet) -> QuerySet:
    """The primary keys of pages as the reference index writes them."""
    return pages.order_by().annotate(text_id=Cast("pk", CharField())).values("text_id")


def _links() -> QuerySet[ReferenceIndex]:
    """References from pages to pages that a visitor would follow."""
    page_type = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type=page_type)
    for path in NO_LINKS:
        links = links.exclude(model_path__startswith=path)
    return links


def dead_links(pages: PageQuerySet, number: int) -> list[tuple[Page, Page | None, str]]:
    """
    [(page, target, content path)]: links of published `pages` to pages that nobody can open at this moment.

    A link in a text leads on where the old address of its target does, and is none of them; what was chosen in a
    field does not. `target` is None where it is gone. At most `number`, each pair of pages once.
    """
    links = _links().filter(object_id__in=_as_text(published(pages)))
    links = links.exclude(to_object_id__in=_as_text(published(Page.objects.all())))
    fields = ("object_id", "to_object_id", "model_path", "content_path")
    rows = list(links.values_list(*fields).order_by("object_id", "to_object_id", "pk"))
    leads_to = destinations({int(target) for _source, target, _model_path, _path in rows})
    leads_on = {pk for pk, destination in leads_to.items() if destination.link}
    paths: dict[tuple[int, int], str] = {}
    for source, target, model_path, path in rows:
        if int(target) not in leads_on or _CHOSEN.search(model_path):
            paths.setdefault((int(source), int(target)), path)
    first = list(paths.items())[:number]
    found = Page.objects.in_bulk({pk for pair, _path in first for pk in pair})
    return [(found[source], found.get(target), path) for (source, target), path in first]


def unlinked_pages(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that readers find by their address alone: no page and nothing in the navigation leads there."""
    found_anyway = [ContentType.objects.get_for_model(model).pk for model in _FOUND_WITHOUT_LINKS]
    sources = _as_text(published(Page.objects.all()))
    linked = _links().filter(object_id__in=sources).values("to_object_id")
    in_settings = NavigationItem.objects.values_list("page")
    legal = ClinicSettings.objects.values_list(*(f"{role}_page" for role in LEGAL_ROLES)).first() or ()
    pages = published(pages).filter(depth__gt=2).exclude(content_type__in=found_anyway)
    pages = pages.exclude(pk__in=in_settings).exclude(pk__in=[pk for pk in legal if pk])
    return pages.annotate(text_id=Cast("pk", CharField())).exclude(text_id__in=linked)


def page_without_a_way(page: Page) -> Page | None:
    """A published page to which nothing leads, or the section that alone lists it and has no way either; else None."""
    if not published(Page.objects.filter(pk=page.pk)).exists():
        return None
    way = page.get_parent() if page.specific_class in _FOUND_WITHOUT_LINKS else page
    return unlinked_pages(Page.objects.filter(pk=way.pk)).first()


def section_outside_navigation(page: Page) -> Page | None:
    """The section of a page that is the first on it to be published, where no link of the navigation is; else None."""
    if page.specific_class not in _LISTED or not published(Page.objects.filter(pk=page.pk)).exists():
        return None
    section = page.get_parent()
    is_first = not section.get_children().live().exclude(pk=page.pk).exists()
    return section if is_first and not NavigationItem.objects.filter(page=section).exists() else None
