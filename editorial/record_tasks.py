"""
What staff still have to do about facts, pictures and settings, as the site itself can tell.

Each function yields the tasks of one kind that a person may resolve, from a fixed number of
queries and at most MAX_TASKS_PER_KIND of them, however large the site.
"""

from zlib import crc32

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.images.permissions import permission_policy as picture_permissions
from wagtail.models import ReferenceIndex

from accounts.permissions import is_administrator
from clinic.models import LEGAL_ROLES, LEGAL_SWITCHES, ClinicSettings
from editorial.models import ToDo
from editorial.tasks import (
    MAX_TASKS_PER_KIND,
    Task,
    clinic_settings_url,
    editable_pages,
    fact_editor_url,
    page_editor_url,
)
from evidence.models import Fact
from jobs.mail import is_set_up
from media.models import ClinicImage

_SETTINGS_REASONS = {
    "phone": ("Add the phone number", "Nobody can call you from the site."),
    "street_address": ("Add the street address", "The visit page cannot say where you are or show a map."),
    "opening_hours": ("Add the opening hours", "Nobody can see when you are there."),
    "prices": ("Add what a visit costs", "People ask early on, and the site does not name a price."),
    "booking_url": ("Add the link for booking a visit", "The button “Book a visit” is missing."),
    "opened_on": ("Say when the site opened", "Questions and articles that came with it show no date."),
    "after_hours_phone": ("Add the after-hours number", "Patients do not know whom to call at night."),
    "call_steps": ("Say what happens when people call", "Somebody who is afraid to call cannot read what to expect."),
    "parking": ("Say where people park", "Neither patients nor their drivers know where to leave the car."),
    "email": ("Add the e-mail address", "There is no address to write to."),
}

_LEGAL_PAGE_REASONS = {
    "terms": "Every page should lead to the terms.",
    "privacy": "Visitors should be able to read what this site collects.",
    "privacy_practices": "Health care providers show their notice of privacy practices on their site (HIPAA).",
    "good_faith_estimate": "People who pay for their own care have a right to an estimate (No Surprises Act).",
    "open_payments": "Doctors in California point patients to the federal database of payments to doctors (AB 1278).",
    "nondiscrimination": "Providers with federal funding show this notice on their site (Section 1557).",
    "accessibility": "People who cannot use a page should find out how to get help with it.",
}


def bare_figures(user):
    """Figures of results that say nowhere where they come from."""
    if not user.has_perm("evidence.change_fact"):
        return
    bare = Fact.objects.without_basis().filter(source_note="")
    for fact in bare[:MAX_TASKS_PER_KIND]:
        yield Task(
            "figure",
            f"Say where “{fact.value}” comes from",
            f"{fact.name} is on the site without a note or a source.",
            fact_editor_url(fact),
        )


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


def missing_settings(user):
    """What is empty in the clinic's settings."""
    if not user.has_perm("clinic.change_clinicsettings"):
        return
    clinic = ClinicSettings.objects.select_related(*ClinicSettings.select_related).order_by("pk").first()
    clinic = clinic or ClinicSettings()
    url = clinic_settings_url()
    for name, (title, why) in _SETTINGS_REASONS.items():
        rows = getattr(clinic, name)
        filled = clinic.pk and rows.exists() if name in ("opening_hours", "prices", "call_steps") else rows
        if not filled:
            yield Task("clinic", title, why, url, f"clinic:{name}")
    for role, why in _LEGAL_PAGE_REASONS.items():
        page = getattr(clinic, f"{role}_page")
        if not clinic.legal_page_applies(role):
            if page is not None and page.live:
                why += " The notice is published, but the footer does not link to it until the box is checked."
            title = f"Find out whether this applies to you: “{LEGAL_SWITCHES[role]}”"
            yield Task("clinic", title, f"{why} If it does not, check this off.", url, f"clinic:{role}:applies")
        elif page is None:
            yield Task("clinic", f"Choose the page “{LEGAL_ROLES[role]}”", why, url, f"clinic:{role}")
        elif not page.live:
            yield Task("clinic", f"Publish “{page.get_admin_display_title()}”", why, page_editor_url(page))


def missing_mail(user):
    """Mail that is not set up: nobody gets a password, a comment or a request for approval by it."""
    if is_administrator(user) and not is_set_up():
        why = "The site can send none: no password links, no requests for approval, no reports."
        yield Task("mail", "Set up e-mail", why, reverse("mail"), "mail")


def unsettled(user):
    """What facts leave open, and what came with the starter texts."""
    may_fix_facts = user.has_perm("evidence.change_fact")
    if may_fix_facts:
        for fact in Fact.objects.live().exclude(to_do="")[:MAX_TASKS_PER_KIND]:
            key = f"settle:{fact.pk}:{crc32(fact.to_do.encode())}"  # other words are another task
            yield Task("todo", f"Settle “{fact.value}”", f"{fact.name}: {fact.to_do}", fact_editor_url(fact), key)
    may_fill_settings = user.has_perm("clinic.change_clinicsettings")
    editable = set(editable_pages(user).values_list("pk", flat=True)) if not user.is_superuser else None
    for row in ToDo.objects.open().exclude(why="").select_related("page", "fact")[:MAX_TASKS_PER_KIND]:
        if row.fact:
            url = may_fix_facts and fact_editor_url(row.fact)
        elif row.page:
            url = (editable is None or row.page_id in editable) and page_editor_url(row.page)
        else:
            url = may_fill_settings and clinic_settings_url()
        if url:
            yield Task("todo", row.title, row.why, url, row.key)


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
        yield Task("fact", fact.name, why, fact_editor_url(fact), f"fact:{fact.pk}")
