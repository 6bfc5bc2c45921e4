"""The dead links among typed addresses, with the places where a person can mend them."""

from typing import Any

from django.apps import apps
from django.db import models
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from quality.models import CheckedLink


def editor_place(url: str, place: str) -> str:
    """The address of an editor, opened at a field or block; Wagtail's script finds it by its content path."""
    return f"{url}#:w:contentpath={place.strip('.')}" if place else url


def dead_places(user: Any, number: int) -> list[tuple[CheckedLink, models.Model, str, str]]:
    """
    [(link, record, content path, address of its form)]: at most `number` dead links in what `user` may edit.

    A fixed number of queries, and one for each kind of record.
    """
    links = list(CheckedLink.objects.dead()[:number])
    wanted: dict[str, set[Any]] = {}
    for link in links:
        for label, pk, _place in link.places:
            wanted.setdefault(label, set()).add(pk)
    urls = AdminURLFinder(user)
    found: dict[tuple[str, Any], tuple[models.Model, str]] = {}
    for label, pks in wanted.items():
        model = apps.get_model(label)
        if issubclass(model, Page):
            editable = page_permission_policy.instances_user_has_permission_for(user, "change")
            records = model._default_manager.filter(pk__in=editable.filter(pk__in=pks).values("pk"))
            urls_of = AdminURLFinder()  # who may edit them has been asked
        else:
            records, urls_of = model._default_manager.filter(pk__in=pks), urls
            if hasattr(model, "latest_revision"):
                records = records.select_related("latest_revision")
        for record in records:
            if url := urls_of.get_edit_url(record):
                found[label, record.pk] = (record, url)
    rows = [
        (link, *found[label, pk], place) for link in links for label, pk, place in link.places if (label, pk) in found
    ]
    return [(link, record, place, url) for link, record, url, place in rows[:number]]
