"""
What staff still have to do about pages, as the site itself can tell.

Each function yields the tasks of one kind that a person may resolve, from a fixed number of
queries and at most MAX_TASKS_PER_KIND of them, however large the site.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from blog.models import BlogPostPage
from clinic.models import LEGAL_ROLES, ClinicSettings, NavigationItem
from core.page_models import page_models
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage
from editorial.tasks import MAX_TASKS_PER_KIND, Task, editable_pages, page_editor_url
from faq.models import FAQEntryPage
from pages.models import HomePage
from people.models import PersonPage
from publishing.visibility import published

OLD_DRAFT_AGE = timedelta(days=30)

UNCHECKED_AGE = timedelta(days=365)

# What a parent lists, or what every page links to by itself: nobody has to link to it.
_FOUND_WITHOUT_LINKS = (HomePage, FAQEntryPage, BlogPostPage, PersonPage, DisclaimerIndexPage, DisclaimerPage)

# References that a visitor does not follow: bylines keep their names; a disclaimer names where it applies.
_NO_LINKS = ("authorships.", "chosen_pages.", "section")


def _as_text(pages):
    """The primary keys of pages as the reference index writes them."""
    return pages.order_by().annotate(text_id=Cast("pk", CharField())).values("text_id")


def _links():
    """References from pages to pages that a visitor would follow."""
    page_type = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type=page_type)
    for path in _NO_LINKS:
        links = links.exclude(model_path__startswith=path)
    return links


def broken_links(user):
    """Links on published pages to pages that nobody can open at this moment."""
    links = _links().filter(object_id__in=_as_text(published(editable_pages(user))))
    links = links.exclude(to_object_id__in=_as_text(published(Page.objects.all())))
    pairs = list(
        links.values_list("object_id", "to_object_id")
        .distinct()
        .order_by("object_id", "to_object_id")[:MAX_TASKS_PER_KIND]
    )
    pages = Page.objects.in_bulk({int(pk) for pair in pairs for pk in pair})
    for source, target in pairs:
        source, target = pages[int(source)], pages.get(int(target))
        to = f"“{target.get_admin_display_title()}”" if target else "a page that is gone"
        yield Task(
            "link",
            f"“{source.get_admin_display_title()}” links to {to}",
            "Visitors cannot open that page: they see the words without the link. Publish it, or take the link out.",
            page_editor_url(source),
        )


def is_clinical():
    """The condition that a page speaks of treatment."""
    clinical = Q(pk__in=[])
    for name, model in page_models().items():
        if "is_clinical_text" in {field.name for field in model._meta.local_fields}:
            clinical |= Q(**{f"{name}__is_clinical_text": True})
        elif model.is_clinical is True:
            clinical |= Q(**{f"{name}__isnull": False})
    return clinical


def unreviewed(user):
    """Published pages on treatment that readers are told nobody has reviewed."""
    for page in published(editable_pages(user)).filter(is_clinical())[:MAX_TASKS_PER_KIND]:
        yield Task(
            "review",
            page.get_admin_display_title(),
            "No clinician has reviewed this text yet. Questions, articles and pages on treatment say so at their end.",
            page_editor_url(page),
        )


def old_drafts(user):
    """What somebody began more than 30 days ago and nobody has published; what was taken down is no draft."""
    drafts = editable_pages(user).filter(
        Q(live=True) | Q(first_published_at=None),
        has_unpublished_changes=True,
        latest_revision_created_at__lt=timezone.now() - OLD_DRAFT_AGE,
        latest_revision__approved_go_live_at=None,
    )
    for page in drafts.order_by("latest_revision_created_at")[:MAX_TASKS_PER_KIND]:
        since = timezone.localtime(page.latest_revision_created_at)
        yield Task(
            "draft",
            page.get_admin_display_title(),
            f"Nobody has worked on this draft since {since:%B} {since.day}, {since.year}. "
            "Publish it, or go back to what is published.",
            page_editor_url(page),
            f"draft:{page.pk}:{page.latest_revision_id}",
        )


def orphans(user):
    """Published pages that one finds by their address alone."""
    found_anyway = [ContentType.objects.get_for_model(model).pk for model in _FOUND_WITHOUT_LINKS]
    sources = _as_text(published(Page.objects.all()))
    linked = _links().filter(object_id__in=sources).values("to_object_id")
    in_settings = NavigationItem.objects.values_list("page")
    legal = ClinicSettings.objects.values_list(*(f"{role}_page" for role in LEGAL_ROLES)).first() or ()
    pages = published(editable_pages(user)).filter(depth__gt=2).exclude(content_type__in=found_anyway)
    pages = pages.exclude(pk__in=in_settings).exclude(pk__in=[pk for pk in legal if pk])
    for page in pages.annotate(text_id=Cast("pk", CharField())).exclude(text_id__in=linked)[:MAX_TASKS_PER_KIND]:
        yield Task(
            "orphan",
            page.get_admin_display_title(),
            "No page, and nothing in the navigation, links to it. Link to it from where people would look for it.",
            page_editor_url(page),
            f"orphan:{page.pk}",
        )


def unchecked(user):
    """Published pages whose words nobody has changed for a year; ticked off, they come back after another."""
    changed = Coalesce(*(f"{name}__content_updated_at" for name in page_models()), "last_published_at")
    pages = published(editable_pages(user)).annotate(changed=changed).filter(changed__lt=timezone.now() - UNCHECKED_AGE)
    for page in pages.order_by("changed")[:MAX_TASKS_PER_KIND]:
        since = timezone.localtime(page.changed)
        why = f"It has stood unchanged since {since:%B} {since.day}, {since.year}. Is every sentence still true?"
        yield Task("check", page.get_admin_display_title(), why, page_editor_url(page), f"check:{page.pk}")
