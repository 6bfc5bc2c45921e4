"""Moving pages into the trash and out of it again."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from publishing.exceptions import PublishingBlocked
from publishing.page_tree import SITE_TREE, is_in_trash, outside_trash
from publishing.unpublished_pages import has_expired
from trash.models import TrashedPage

TRASH_URL_PATH = "/trash/"  # where no site looks for a page: their roots stand below the other root


class CannotBringBack(Exception):
    """Why a page cannot come back to a place, for staff."""


def trash_root() -> Page:
    """The root of the trash, made on first use."""
    root = Page.objects.filter(depth=1).exclude(path__startswith=SITE_TREE).first()
    if root is None:
        root = Page.add_root(instance=Page(title="Trash", slug="trash", live=False))
        Page.objects.filter(pk=root.pk).update(url_path=TRASH_URL_PATH)
        root.url_path = TRASH_URL_PATH
    return root


def _claims(model: type[Page]) -> Iterator[Field]:
    """
    The fields that must not count in the trash: in which a page names what no other page may name, such as the
    account of a person, and of what page it is an alias, which would be published with that one.
    """
    for field in model._meta.concrete_fields:
        is_link = field.one_to_one and not field.remote_field.parent_link
        if field.null and (is_link or field.name == "alias_of"):
            yield field


@transaction.atomic
def put_in_trash(page: Page, user: Any = None) -> TrashedPage:
    """
    Take a page and everything below it from the site, so that it can come back as it is now.

    Unpublished, unlocked, off the schedule and out of approval: nothing happens to it by itself in there.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if is_in_trash(page):  # a colleague was faster
        return TrashedPage.objects.get(page__in=page.get_ancestors(inclusive=True))
    family = page.get_descendants(inclusive=True).order_by("path")
    scheduled = Revision.page_revisions.filter(
        object_id__in=[str(pk) for pk in family.values_list("pk", flat=True)], approved_go_live_at__isnull=False
    )
    behind = page.get_next_sibling()
    entry = TrashedPage(
        page=page,
        ancestors=list(page.get_ancestors().values_list("pk", flat=True)),
        next_sibling=behind.pk if behind else None,
        slug=page.slug,
        was_live=[list(row) for row in family.live().values_list("pk", "live_revision_id")],
        was_private=page.get_ancestors().filter(view_restrictions__isnull=False).exists(),
        was_scheduled=scheduled.exists(),
        number_of_pages=family.count(),
        deleted_by=user,
    )
    for member in family.specific():
        if state := member.current_workflow_state:
            state.cancel(user=user)
        if member.live:
            # Who may delete it may also where a colleague has locked it.
            UnpublishPageAction(member, user=user).execute(skip_permission_checks=True)
        for field in _claims(type(member)):
            if (value := getattr(member, field.attname)) is not None:
                entry.claims.append([member.pk, field.name, value])
                type(member)._base_manager.filter(pk=member.pk).update(**{field.attname: None})
    scheduled.update(approved_go_live_at=None)
    family.update(locked=False, locked_at=None, locked_by=None)
    entry.save()
    log(instance=page.specific, action="trash.put", user=user)
    # By its own slug it could meet another page of that name in the trash.
    _move(page, f"trash-{page.pk}", trash_root(), "last-child", user)
    return entry


def _move(page: Page, slug: str, target: Page, position: str, user: Any) -> None:
    Page.objects.filter(pk=page.pk).update(slug=slug)
    page = Page.objects.get(pk=page.pk)
    MovePageAction(page, target, pos=position, user=user).execute(skip_permission_checks=True)


@transaction.atomic
def bring_back(entry: TrashedPage, parent: Page, user: Any = None, may_publish: bool = True) -> list[str]:
    """
    Put a page and everything below it under `parent`; what readers saw, they see again, newer changes stay a draft.

    Returns what is otherwise than it was, in sentences for staff. Raises CannotBringBack.
    """
    locked = TrashedPage.objects.select_for_update().filter(pk=entry.pk).first()
    place = Page.objects.filter(pk=parent.pk).first()
    if locked is None:
        raise CannotBringBack("It is not in the trash anymore.")
    if place is None:
        raise CannotBringBack("The place for it is not there anymore.")
    entry, parent, page = locked, place, locked.page.specific
    if is_in_trash(parent):
        raise CannotBringBack(f"“{parent.get_admin_display_title()}” is in the trash itself.")
    if not page.can_move_to(parent):
        raise CannotBringBack(f"It cannot go below “{parent.get_admin_display_title()}”.")
    kind = type(page)
    if kind.max_count is not None and outside_trash(kind.objects.all()).count() >= kind.max_count:
        raise CannotBringBack(
            f"There is another page of the kind “{kind.get_verbose_name()},” and there can be only one."
        )
    notes = []
    slug = find_available_slug(parent, entry.slug)
    if slug != entry.slug:
        notes.append(f"Another page has taken its address “{entry.slug}” in the meantime. Its own is “{slug}” now.")
    behind = Page.objects.child_of(parent).filter(pk=entry.next_sibling).first()
    _move(page, slug, *((behind, "left") if behind else (parent, "last-child")), user)
    entry.delete()
    if slug != entry.slug:
        _amend_versions(page.pk, entry, "slug", slug)
    notes += list(_claim_again(entry))
    if entry.was_scheduled:
        notes.append("What was scheduled is no longer scheduled.")
    log(instance=Page.objects.get(pk=page.pk).specific, action="trash.bring_back", user=user)
    came_elsewhere = not entry.ancestors or parent.pk != entry.ancestors[-1]
    if entry.was_live and entry.was_private and came_elsewhere:
        return [*notes, "It was private where it was, so it is a draft here."]
    if entry.was_live and not may_publish:
        return [*notes, "You are not allowed to publish here, so it is a draft."]
    return [*notes, *_publish_again(entry, user)]


def _versions(pk: int, entry: TrashedPage) -> list[Revision]:
    """The version that readers saw and the latest one: what is published or edited next."""
    live = dict(entry.was_live).get(pk)
    latest = Page.objects.filter(pk=pk).values_list("latest_revision", flat=True).first()
    return list(Revision.page_revisions.filter(object_id=str(pk), pk__in={live, latest} - {None}))


def _amend_versions(pk: int, entry: TrashedPage, field: str, value: Any) -> None:
    """Write into versions what has become of the page, or the next publishing would take it back."""
    for revision in _versions(pk, entry):
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, field: value})


def _claim_again(entry: TrashedPage) -> Iterator[str]:
    """Give pages back what only they may name, unless another page has it now."""
    for pk, name, value in entry.claims:
        page = Page.objects.get(pk=pk).specific
        field = page._meta.get_field(name)
        named = field.related_model._base_manager.filter(pk=value).first()
        is_taken = field.unique and type(page)._base_manager.filter(**{field.attname: value}).exists()
        if named and not is_taken:
            type(page)._base_manager.filter(pk=pk).update(**{field.attname: value})
            continue
        _amend_versions(pk, entry, name, None)
        if named:
            yield f"The {field.verbose_name} “{named}” belongs to another page now; “{page}” is without it."


def _publish_again(entry: TrashedPage, user: Any) -> Iterator[str]:
    """Publish what readers saw, page by page from the top; yields why one stays a draft."""
    for pk, revision_pk in entry.was_live:
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            continue
        page = page.specific
        revision = Revision.page_revisions.filter(pk=revision_pk, object_id=str(pk)).first()
        try:
            with transaction.atomic():
                if page.alias_of_id:
                    page.alias_of.specific.update_aliases()
                    continue
                revision = revision or page.save_revision(user=user, log_action=False)
                if has_expired(revision):
                    raise PublishingBlocked(page, "the time when it comes down has passed.")
                revision.publish(user=user, skip_permission_checks=True)
        except PublishingBlocked as blocked:
            yield f"“{page}” is a draft now: {blocked.reason}"
        except ValidationError as error:
            yield f"“{page}” is a draft now: {' '.join(error.messages)}"


def delete_for_good(entry: TrashedPage, user: Any = None) -> None:
    """Delete a page in the trash and all below it. What readers saw of them stays in the record."""
    with transaction.atomic():
        locked = TrashedPage.objects.select_for_update().filter(pk=entry.pk).first()
        if locked:
            locked.page.specific.delete(user=user)
