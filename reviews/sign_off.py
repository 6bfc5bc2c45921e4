"""Deciding about texts: signing off, asking for changes, waving a typo through."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, Revision

from archive.models import PublishedText, Wording
from archive.wording import wording_of
from evidence.models import Fact, Reference
from people.models import Authorship, PersonPage
from reviews.models.decisions import ReviewDecision
from reviews.reviewers import NotAReviewer, person_of, reviewers
from reviews.status import update_status

Kind = ReviewDecision.Kind


class TextChanged(Exception):
    """Raised where the text, or what was decided about it, is not what the reviewer had before them."""


def wrote(user: Any, person: PersonPage, shown: Any) -> bool:
    """Whether somebody is an author of a page, or has edited it, or a fact on it, since it was last signed off."""
    if any(row.person_id == person.pk for row in getattr(shown, "authorships", Authorship.objects.none()).all()):
        return True
    last = ReviewDecision.objects.of(shown.pk).sign_offs().first()
    own = Q(base_content_type=ContentType.objects.get_for_model(Page), object_id=str(shown.pk))
    facts = _stated_on(shown)
    if last:
        # By its version, not by its time: the text that was signed may be older than a draft of then.
        own &= Q(pk__gt=last.revision_key) if last.revision_key else Q(created_at__gt=last.decided_at)
        facts &= Q(created_at__gt=last.decided_at)
    return Revision.objects.filter(own | facts, user=user).exists()


def _stated_on(page: Page) -> Q:
    """The condition that a revision is of a fact or source that a page states: its words are the page's, too."""
    stated = Q(pk__in=[])
    for model in (Fact, Reference):
        kind = ContentType.objects.get_for_model(model)
        uses = ReferenceIndex.get_references_for_object(page).filter(to_content_type=kind)
        stated |= Q(base_content_type=kind, object_id__in=list(uses.values_list("to_object_id", flat=True)))
    return stated


def refuse_own_text(user: Any, person: PersonPage, shown: Any) -> bool:
    """Whether it is somebody's own text; NotAReviewer where another reviewer could sign it."""
    if not wrote(user, person, shown):
        return False
    if len(reviewers()) > 1:
        raise NotAReviewer(
            f"You have written or edited “{shown.title}” since its last review: another reviewer has to sign it off."
        )
    return True


@transaction.atomic
def sign_off(
    user: Any,
    page: Page,
    revision: Revision | None = None,
    seen: str = "",
    newest: int | None = None,
    comment: str = "",
) -> ReviewDecision:
    """
    Sign off the text of a page that readers see, or that of a revision before it is published.

    `seen` is the digest of the text that the reviewer had before them and `newest` the primary key of the newest
    decision then (0: there was none): TextChanged where either is another by now. NotAReviewer says who may not.
    """
    person = person_of(user)
    shown, wording = _lock(page, revision, seen, newest)
    is_own_text = refuse_own_text(user, person, shown)
    return _decide(Kind.SIGNED_OFF, page, revision, wording, user, person, is_own_text=is_own_text, comment=comment)


@transaction.atomic
def ask_for_changes(
    user: Any, page: Page, comment: str, revision: Revision | None = None, seen: str = "", newest: int | None = None
) -> ReviewDecision:
    """Write down what a reviewer wants changed in a text; as `sign_off`."""
    person = person_of(user)
    _shown, wording = _lock(page, revision, seen, newest)
    return _decide(Kind.CHANGES_REQUESTED, page, revision, wording, user, person, comment=comment)


def keep_review(user: Any, page: Page, earlier: Wording, later: Wording) -> ReviewDecision | None:
    """Write down that a publisher says of two texts of a page that they mean the same; None where they are one."""
    if earlier.words == later.words:
        return None
    person = PersonPage.objects.filter(user=user).first() if user else None
    decision = ReviewDecision.objects.create(
        kind=Kind.SAME_MEANING,
        page_key=page.pk,
        page_title=page.title,
        earlier_wording=earlier,
        wording=later,
        person=person,
        account=user,
        name=str(user or "")[:255],
    )
    update_status(Page.objects.get(pk=page.pk).specific)
    return decision


def _lock(page: Page, revision: Revision | None, seen: str, newest: int | None) -> tuple[Any, Wording]:
    """One decision at a time; what the reviewer saw must still be what stands there."""
    Page.objects.select_for_update().get(pk=page.pk)
    if revision and revision != page.get_latest_revision():
        raise TextChanged(f"“{page.title}” has been edited since you opened it. Read it again.")
    shown = revision.as_object() if revision else Page.objects.get(pk=page.pk).specific
    wording = wording_of(shown)
    if seen and wording.pk != seen:
        raise TextChanged(f"“{page.title}” has changed since you opened it. Read it again.")
    latest = ReviewDecision.objects.of(page.pk).first()
    if newest is not None and (latest.pk if latest else 0) != newest:
        raise TextChanged(
            f"{latest.name if latest else 'Somebody'} decided about “{page.title}” after you opened it. Read it again."
        )
    return shown, wording


def _decide(
    kind: str, page: Page, revision: Revision | None, wording: Wording, user: Any, person: PersonPage, **more: Any
) -> ReviewDecision:
    row, stored = PublishedText.objects.of(page.pk).first(), Page.objects.get(pk=page.pk)
    decision = ReviewDecision.objects.create(
        kind=kind,
        page_key=page.pk,
        page_title=page.title,
        wording=wording,
        published_text=row if row and row.wording_id == wording.pk else None,
        revision_key=revision.pk if revision else stored.live_revision_id,
        person=person,
        account=user,
        name=person.title,
        credentials=person.credentials,
        **more,
    )
    update_status(stored.specific)
    return decision
