"""
What staff still have to do about pages, as the site itself can tell.

Each function yields the tasks of one kind that a person may resolve, from a fixed number of
queries and at most MAX_TASKS_PER_KIND of them, however large the site.
"""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.utils import get_latest_str

from accounts.permissions import is_administrator
from core.page_models import page_models
from editorial.comments import comments_for
from editorial.tasks import MAX_TASKS_PER_KIND, Task, editable_pages, page_editor_url
from people.models import PersonPage
from publishing.page_tree import is_in_trash
from publishing.visibility import published
from quality.link_places import dead_places, editor_place
from quality.page_links import dead_links, unlinked_pages
from reviews.board import count
from reviews.checks import is_public_site
from reviews.models import ReviewStatus
from reviews.reviewers import reviewers

OLD_DRAFT_AGE = timedelta(days=30)

UNCHECKED_AGE = timedelta(days=365)


def broken_links(user):
    """Links on published pages to pages that nobody can open at this moment, and that lead nowhere else either."""
    for source, target, path in dead_links(editable_pages(user), MAX_TASKS_PER_KIND):
        to, advice = "a page that is gone", "Take the link out, or link to another page."
        if target:
            to, advice = f"“{target.get_admin_display_title()}”", "Publish it, or take the link out."
            if is_in_trash(target):
                to, advice = f"{to}, which is in the trash", "Take the link out, or bring the page back."
        yield Task(
            "link",
            f"“{source.get_admin_display_title()}” links to {to}",
            f"Visitors cannot open that page: they see the words without the link. {advice}",
            editor_place(page_editor_url(source), path),
        )


def broken_addresses(user):
    """Addresses that were typed or pasted into pages and records and lead nowhere."""
    for link, record, path, url in dead_places(user, MAX_TASKS_PER_KIND):
        yield Task(
            "link",
            f"“{get_latest_str(record)}” links to {link.url}",
            f"{link.reason} Correct the link, or take it out.",
            editor_place(url, path),
        )


def comments(user):
    """What colleagues said on pages that concern a person, and nobody has answered."""
    for comment in comments_for(user):
        verb = "answered" if comment.is_reply else "commented"
        title = f"{comment.author} {verb} on “{comment.page.get_admin_display_title()}”"
        yield Task("comment", title, comment.text, comment.url)


def reviews(user):
    """What waits for clinical reviewers, and for who writes, in one line each: the board lists the pages."""
    statuses = ReviewStatus.objects.of_readable_pages().filter(page__in=editable_pages(user))
    counts = count(statuses)
    parts = [(counts.never, "never reviewed"), (counts.edited, "edited since"), (counts.overdue, "overdue")]
    if counts.total:
        yield _review_task(user, ", ".join(f"{number} {words}" for number, words in parts if number))
    if counts.requests:
        pages = "page" if counts.requests == 1 else "pages"
        yield Task(
            "review",
            f"Answer a reviewer on {counts.requests} {pages}",
            "A clinical reviewer has asked for changes. Each page says which, under “Clinical review.”",
            f"{reverse('clinical_reviews')}?standing=requests",
        )


def _review_task(user, summary):
    """The line on what waits for a reviewer, and the place where this person can do something about it."""
    board, title = reverse("clinical_reviews"), f"Clinical review: {summary}"
    public = "This site is public, and readers see texts that nobody has reviewed. " if is_public_site() else ""
    able = reviewers()
    if user in able:
        return Task("review", title, f"{public}Read and sign them off, one after another.", reverse("review_queue"))
    if able:
        return Task("unreviewed", title, f"{public}Your clinical reviewers have them in their queue.", board)
    why = (
        "Nobody can review yet. It takes a page under People with credentials, linked to an account with the role "
        "“Clinical reviewers.”"
    )
    url = reverse("wagtailusers_users:index") if is_administrator(user) else board
    return Task("unreviewed", title, public + why, url)


def incomplete_people(user):
    """Published people of whom readers do not learn what the law has clinics say of those who treat."""
    people = PersonPage.objects.published().filter(pk__in=editable_pages(user), alias_of=None)
    incomplete = people.filter(Q(role="") | Q(license="") | ~Q(title__contains=" "))
    for person in incomplete.order_by("path")[:MAX_TASKS_PER_KIND]:
        there = {"full name": " " in person.title, "role": person.role, "license": person.license}
        lacks = [name for name, is_there in there.items() if not is_there]
        why = f"The page lacks: {', '.join(lacks)}. Doctors and therapists are named in full, with role and license "
        yield Task(
            "person",
            f"Complete the page of {person.get_admin_display_title()}",
            f"{why}number. Check this off for somebody who holds no license.",
            page_editor_url(person),
            f"person:{person.pk}:{'+'.join(lacks)}",
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
    for page in unlinked_pages(editable_pages(user))[:MAX_TASKS_PER_KIND]:
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
        why = f"It has not changed since {since:%B} {since.day}, {since.year}. Is every sentence still true?"
        yield Task("check", page.get_admin_display_title(), why, page_editor_url(page), f"check:{page.pk}")
