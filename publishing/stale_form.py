"""
Stale forms: a form that was opened before a colleague saved is refused once, and shows both texts.

Wagtail refuses a stale autosave only; a plain save or publish would overwrite. Its forms say which
revision they were opened on (`loaded_revision_id`, `loaded_revision_created_at`). The hooks
`before_edit_page` and `before_edit_snippet`, which previews do not run, compare that with the
latest revision (`mark_stale_form`); `StaleFormMixin` refuses the form. It comes back opened on the
latest revision, so that saving once more replaces that knowingly.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, diff_text
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.utils import get_user_display_name
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision, RevisionMixin

from text.rendering import plain_text

_MARKS = ["addition", "deletion"]
_BLOCK_KEY = re.compile(r'\s+data-block-key="[^"]*"')


def find_newer_revision(data: Any, record: Any) -> Revision | None:
    """The latest revision of a record where it is not the one that the sent form was opened on; else None."""
    latest = record.latest_revision
    if latest is None:
        return None
    # Only autosave sends it: the revision that this very form has saved.
    if own := data.get("overwrite_revision_id"):
        return None if own == str(latest.pk) else latest
    loaded = (data.get("loaded_revision_id"), data.get("loaded_revision_created_at"))
    return None if loaded == (str(latest.pk), latest.created_at.isoformat()) else latest


def mark_stale_form(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Tell the form of this request that its record has a newer revision; answers autosave at once."""
    if request.method != "POST" or not isinstance(record, RevisionMixin):
        return None
    record._newer_revision = find_newer_revision(request.POST, record)
    if record._newer_revision and not request.accepts("text/html"):
        message = _("Saving will overwrite a newer version.")
        return JsonResponse({"success": False, "error_code": "invalid_revision", "error_message": message}, status=400)
    return None


class StaleFormMixin:
    """
    A form of a page or record that is refused where a newer revision has been saved since it was opened.

    `newer_revision` is that revision; `differences` are the fields in which it and what was typed
    differ, as a list of {"label", "saved", "typed"}, the last two safe HTML.
    """

    newer_revision: Any = None
    differences: Sequence[dict[str, str]] = ()

    def __init__(self, data: Any = None, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        newer = getattr(instance, "_newer_revision", None)
        if instance is not None and instance.pk:
            self._make_new_what_is_gone(instance)
            if data:
                data = self._without_rows_that_are_gone(data, newer.as_object() if newer else instance)
        super().__init__(data, *args, instance=instance, **kwargs)

    def _make_new_what_is_gone(self, record: Any) -> None:
        """Rows of an earlier version that were deleted since have keys that no form accepts: they come back as new."""
        for name, formset in self.__class__.formsets.items():
            rows = [] if name == "comments" else getattr(record, name).all()
            if not rows or isinstance(rows, models.QuerySet):  # a queryset reads what is there
                continue
            there = formset.model._base_manager.filter(pk__in=[row.pk for row in rows if row.pk])
            keys = set(there.values_list("pk", flat=True))
            for row in rows:
                if row.pk not in keys:
                    row.pk = None

    def _without_rows_that_are_gone(self, data: Any, saved: Any) -> QueryDict:
        """Rows that somebody else deleted come back as new ones, should they be saved again."""
        data = data.copy()
        for name in self.__class__.formsets:
            if name == "comments":
                continue
            there = {str(row.pk) for row in getattr(saved, name).all()}
            for key, value in list(data.items()):
                if key.startswith(f"{name}-") and key.endswith("-id") and value not in there:
                    data[key] = ""
        return data

    def is_valid(self) -> bool:
        valid = super().is_valid()
        newer = getattr(self.instance, "_newer_revision", None)
        if newer is None or not self.is_bound:
            return valid
        if self.newer_revision is None:
            self.newer_revision = newer
            self.differences = list(self._find_differences(newer.as_object()))
            self.add_error(None, self.stale_message)
        return False

    @property
    def stale_message(self) -> str:
        """Who saved what was not seen, and when."""
        newer = self.newer_revision
        if newer.user is None:
            return _("Somebody saved this after you opened it. What you typed is still here.")
        time = date_format(timezone.localtime(newer.created_at), "DATETIME_FORMAT")
        if newer.user == self.for_user:
            return _("You saved this on %(time)s in another window. What you typed here is still here.") % {
                "time": time
            }
        return _("%(name)s saved this on %(time)s, after you opened it. What you typed is still here.") % {
            "name": get_user_display_name(newer.user),
            "time": time,
        }

    def _find_differences(self, saved: Any) -> Iterator[dict[str, str]]:
        rows_in_error = []
        for name, formset in self.formsets.items():
            if formset.is_valid():
                formset.save(commit=False)  # onto the instance in memory, to be compared
            else:
                rows_in_error.append(name)
        panel = get_edit_handler(type(self.instance)).get_bound_panel(instance=self.instance)
        for compare in panel.get_comparison():
            comparison = compare(saved, self.instance)
            field = comparison.field
            if comparison.is_child_relation:
                name = field.get_accessor_name()
                if name in rows_in_error:
                    rows = "; ".join(str(row) for row in getattr(saved, name).all())
                    yield _difference(comparison, rows, _("(see below)"))
                elif name in self.formsets and comparison.has_changed():
                    yield _difference(comparison, *_rows(comparison))
            elif field.name in self.errors:
                typed = self[field.name].value()
                yield _difference(comparison, _words(comparison.val_a), "" if typed is None else str(typed))
            elif field.name in self.fields and _differs(comparison):
                yield _difference(comparison, *_sides(comparison))


def _difference(comparison: Any, saved: Any, typed: str) -> dict[str, str]:
    return {"label": capfirst(str(comparison.field_label())), "saved": saved, "typed": typed}


def _differs(comparison: Any) -> bool:
    if isinstance(comparison.field, StreamField):
        return bool(_changed_blocks(comparison.htmldiff()))
    if isinstance(comparison.field, RichTextField):
        return _without_keys(comparison.val_a) != _without_keys(comparison.val_b)
    return comparison.has_changed()


def _without_keys(html: str | None) -> str:
    """Rich text without the keys that the editor gives its paragraphs."""
    return _BLOCK_KEY.sub("", html or "") if plain_text(html or "") else ""


def _sides(comparison: Any) -> tuple[SafeString, SafeString]:
    """The two values of a field as safe HTML, what differs marked as Wagtail's comparison of versions marks it."""
    if isinstance(comparison.field, RichTextField):
        html = diff_text(plain_text(comparison.val_a or ""), plain_text(comparison.val_b or "")).to_html()
    elif type(comparison) is FieldComparison:
        html = TextDiff([("deletion", _words(comparison.val_a)), ("addition", _words(comparison.val_b))]).to_html()
    elif isinstance(comparison.field, StreamField):
        html = _changed_blocks(comparison.htmldiff())
    else:
        html = comparison.htmldiff()
    return _without(html, "addition"), _without(html, "deletion")


def _changed_blocks(html: str) -> str:
    """Wagtail's comparison of a text of blocks, those left out that say the same."""
    soup = BeautifulSoup(html, "html.parser")
    for block in soup.find_all(class_="comparison__child-object", recursive=False):
        if not (block.find(class_=_MARKS) or set(block["class"]) & set(_MARKS)):
            block.decompose()
    return str(soup).strip()


def _without(html: str, classname: str) -> SafeString:
    soup = BeautifulSoup(str(html), "html.parser")
    for element in soup.find_all(class_=classname):
        element.decompose()
    return mark_safe(str(soup).strip())  # noqa: S308  (Wagtail has escaped it)


def _rows(comparison: Any) -> tuple[SafeString, ...]:
    """The rows of an inline panel, those saved and those typed, as safe HTML."""
    saved, typed = [], []
    for row in comparison.get_child_comparisons():
        sides = [_sides(field) for field in row.get_field_comparisons()]
        if not row.is_addition():
            saved.append(" · ".join(filter(None, (side[0] for side in sides))))
        if not row.is_deletion():
            typed.append(" · ".join(filter(None, (side[1] for side in sides))))
    as_list = "<div>{}</div>"
    return tuple(
        format_html_join("", as_list, ((mark_safe(row),) for row in rows))  # noqa: S308  (escaped by _sides)
        for rows in (saved, typed)
    )


def _words(value: Any) -> str:
    """A value that is no text, in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "tzinfo") and hasattr(value, "hour") and hasattr(value, "year"):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, models.Model):
        return str(value)
    return localize(value)
