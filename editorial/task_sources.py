"""
What staff still have to do, as the site itself can tell: the list on the admin's home.

Each function yields the tasks of one kind that a person may resolve, from a fixed number of
queries and at most MAX_TASKS_PER_KIND of them, however large the site.
"""

from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.images.permissions import permission_policy as picture_permissions
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy

from blog.models import BlogPostPage
from clinic.models import LEGAL_ROLES, ClinicSettings, NavigationItem
from core.page_models import page_models
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage
from editorial.models import ToDo
from evidence.models import Fact
from faq.models import FAQEntryPage
from media.models import ClinicImage
from pages.models import HomePage
from people.models import PersonPage
from publishing.visibility import published

MAX_TASKS_PER_KIND = 200  # tasks of a kind
OLD_DRAFT_AGE = timedelta(days=30)
UNCHECKED_AGE = timedelta(days=365)
# What a parent lists, or what every page links to by itself: nobody has to link to it.
_FOUND_WITHOUT_LINKS = (HomePage, FAQEntryPage, BlogPostPage, PersonPage, DisclaimerIndexPage, DisclaimerPage)
# References that a visitor does not follow: bylines keep their names; a disclaimer names where it applies.
_NO_LINKS = ("authorships.", "chosen_pages.", "section")


@dataclass(frozen=True)
class Task:
    """Something to do, and the form that resolves it. Without a key it goes only by being resolved."""

    kind: str
    title: str
    why: str
    url: str
    key: str = ""


def _editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _editable(user):
    """The pages below the root that a person may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1).order_by("path")


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
    links = _links().filter(object_id__in=_as_text(published(_editable(user))))
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
            _editor(source),
        )


def bare_figures(user):
    """Figures of results that say nowhere where they come from."""
    if not user.has_perm("evidence.change_fact"):
        return
    bare = Fact.objects.live().filter(kind=Fact.Kind.RESULT, source_note="", reference=None)
    for fact in bare[:MAX_TASKS_PER_KIND]:
        yield Task(
            "figure",
            f"Say where “{fact.value}” comes from",
            f"{fact.name} stands on the site without a note or a source.",
            fact_editor(fact),
        )


def fact_editor(fact):
    return reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk])


def incomplete_pictures(user):
    """Pictures without words, without a decision on people, without consent or rights."""
    pictures = picture_permissions.instances_user_has_any_permission_for(user, ["change"])
    wordless = Q(is_decorative=False, description="")
    undecided = Q(shows_person="")
    without_consent = Q(shows_person=ClinicImage.Person.RECOGNIZABLE, rights_note="")
    without_rights = Q(rights_holder="", rights_note="")
    incomplete = pictures.filter(wordless | undecided | without_consent | without_rights).order_by("pk")
    for picture in incomplete[:MAX_TASKS_PER_KIND]:
        lacks = []
        if not picture.is_decorative and not picture.description:
            lacks.append("a description for people who do not see it")
        if not picture.shows_person:
            lacks.append("a word on whether it shows a person")
        if picture.needs_consent:
            lacks.append("the consent of the person who can be recognized")
        elif not picture.rights_holder and not picture.rights_note:
            lacks.append("a word on who owns it")
        if lacks:
            url = reverse("wagtailimages:edit", args=[picture.pk])
            yield Task("picture", f"Complete the picture “{picture.title}”", f"It lacks {'; '.join(lacks)}.", url)


_CLINIC = {
    "phone": ("Add the phone number", "Nobody can call you from the site."),
    "street_address": ("Add the street address", "The visit page cannot say where you are, nor show a map."),
    "opening_hours": ("Add the opening hours", "Nobody can see when you are there."),
    "prices": ("Add what a visit costs", "People ask it early, and the site names no price."),
    "booking_url": ("Add the link for booking a visit", "The button “Book a visit” is missing."),
    "email": ("Add the e-mail address", "There is no address to write to."),
}
_ROLES = {
    "terms": "Every page should lead to the terms.",
    "privacy": "Visitors should be able to read what this site collects.",
    "privacy_practices": "Health care providers show their notice of privacy practices on their site (HIPAA).",
    "good_faith_estimate": "People who pay themselves have a right to an estimate (No Surprises Act).",
    "nondiscrimination": "Providers with federal funding show this notice on their site (Section 1557).",
    "accessibility": "People who cannot use a page should find out how to get help with it.",
}


def missing_settings(user):
    """What is empty in the clinic's settings."""
    if not user.has_perm("clinic.change_clinicsettings"):
        return
    clinic = ClinicSettings.objects.select_related(*ClinicSettings.select_related).order_by("pk").first()
    clinic = clinic or ClinicSettings()
    url = clinic_form()
    for name, (title, why) in _CLINIC.items():
        rows = getattr(clinic, name)
        filled = clinic.pk and rows.exists() if name in ("opening_hours", "prices") else rows
        if not filled:
            yield Task("clinic", title, why, url, f"clinic:{name}")
    for role, why in _ROLES.items():
        page = getattr(clinic, f"{role}_page")
        if page is None:
            yield Task("clinic", f"Choose the page “{LEGAL_ROLES[role]}”", why, url, f"clinic:{role}")
        elif not page.live:
            yield Task("clinic", f"Publish “{page.get_admin_display_title()}”", why, _editor(page))


def clinic_form():
    return reverse("wagtailsnippets_clinic_clinicsettings:list")


def unsettled(user):
    """What facts leave open, and what came with the starter texts."""
    may_fix_facts = user.has_perm("evidence.change_fact")
    if may_fix_facts:
        for fact in Fact.objects.live().exclude(to_do="")[:MAX_TASKS_PER_KIND]:
            key = f"settle:{fact.pk}:{crc32(fact.to_do.encode())}"  # other words are another task
            yield Task("todo", f"Settle “{fact.value}”", f"{fact.name}: {fact.to_do}", fact_editor(fact), key)
    may_fill_settings = user.has_perm("clinic.change_clinicsettings")
    editable = set(_editable(user).values_list("pk", flat=True)) if not user.is_superuser else None
    for row in ToDo.objects.open().exclude(why="").select_related("page", "fact")[:MAX_TASKS_PER_KIND]:
        if row.fact:
            url = may_fix_facts and fact_editor(row.fact)
        elif row.page:
            url = (editable is None or row.page_id in editable) and _editor(row.page)
        else:
            url = may_fill_settings and clinic_form()
        if url:
            yield Task("todo", row.title, row.why, url, row.key)


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
    for page in published(_editable(user)).filter(is_clinical())[:MAX_TASKS_PER_KIND]:
        yield Task(
            "review",
            page.get_admin_display_title(),
            "No clinician has reviewed this text yet. Questions, articles and pages on treatment say so at their end.",
            _editor(page),
        )


def old_drafts(user):
    """What somebody began more than 30 days ago and nobody has published; what was taken down is no draft."""
    drafts = _editable(user).filter(
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
            _editor(page),
            f"draft:{page.pk}:{page.latest_revision_id}",
        )


def orphans(user):
    """Published pages that one finds by their address alone."""
    found_anyway = [ContentType.objects.get_for_model(model).pk for model in _FOUND_WITHOUT_LINKS]
    sources = _as_text(published(Page.objects.all()))
    linked = _links().filter(object_id__in=sources).values("to_object_id")
    in_settings = NavigationItem.objects.values_list("page")
    legal = ClinicSettings.objects.values_list(*(f"{role}_page" for role in LEGAL_ROLES)).first() or ()
    pages = published(_editable(user)).filter(depth__gt=2).exclude(content_type__in=found_anyway)
    pages = pages.exclude(pk__in=in_settings).exclude(pk__in=[pk for pk in legal if pk])
    for page in pages.annotate(text_id=Cast("pk", CharField())).exclude(text_id__in=linked)[:MAX_TASKS_PER_KIND]:
        yield Task(
            "orphan",
            page.get_admin_display_title(),
            "No page, and nothing in the navigation, links to it. Link to it from where people would look for it.",
            _editor(page),
            f"orphan:{page.pk}",
        )


def unused_facts(user):
    """Facts that no text states."""
    if not user.has_perm("evidence.change_fact"):
        return
    used = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(Fact))
    facts = (
        Fact.objects.live().annotate(text_id=Cast("pk", CharField())).exclude(text_id__in=used.values("to_object_id"))
    )
    for fact in facts[:MAX_TASKS_PER_KIND]:
        why = f"No page states “{fact.value}”. Insert it where it belongs, or delete it."
        yield Task("fact", fact.name, why, fact_editor(fact), f"fact:{fact.pk}")


def unchecked(user):
    """Published pages whose words nobody has changed for a year; ticked off, they come back after another."""
    changed = Coalesce(*(f"{name}__content_updated_at" for name in page_models()), "last_published_at")
    pages = published(_editable(user)).annotate(changed=changed).filter(changed__lt=timezone.now() - UNCHECKED_AGE)
    for page in pages.order_by("changed")[:MAX_TASKS_PER_KIND]:
        since = timezone.localtime(page.changed)
        why = f"It has stood unchanged since {since:%B} {since.day}, {since.year}. Is every sentence still true?"
        yield Task("check", page.get_admin_display_title(), why, _editor(page), f"check:{page.pk}")
