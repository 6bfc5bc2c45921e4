"""Forms for removing pages and importing redirects: both ask where old addresses lead."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from publishing.visibility import published
from redirects.page_removal import (
    GONE,
    has_been_public,
    published_ancestors,
)
from redirects.redirect_import import InvalidRow, Row, read_file, read_rows


class TargetChooser(AdminPageChooser):
    """A page chooser that treats an invalid value as nothing chosen, where Wagtail's fails."""

    def get_instance(self, value: Any) -> Page | None:
        try:
            return super().get_instance(value)
        except (TypeError, ValueError, OverflowError):
            return None


class PageRemovalForm(forms.Form):
    """Asks where old links lead once `pages` are removed; of pages that were never public it asks nothing."""

    lead_to = forms.ChoiceField(
        label="Where should people who follow old links go?",
        choices=[(GONE, "Nowhere: say that it is gone"), ("page", "To this page:")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where people who follow old links should go."},
    )
    target = forms.ModelChoiceField(
        label="The page they should go to",
        queryset=Page.objects.filter(depth__gt=1),
        required=False,
        widget=TargetChooser(show_edit_link=False),
        error_messages={"invalid_choice": "This page is not there anymore. Choose another one."},
    )

    def __init__(self, *args: Any, pages: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = pages
        if not any(has_been_public(page) for page in pages):
            del self.fields["lead_to"], self.fields["target"]
            return
        above = next((page for page in published_ancestors(pages[0]) if self._is_above_all(page)), None)
        self.fields["target"].initial = above
        self.fields["lead_to"].initial = above and "page"

    @property
    def takes_pages_below(self) -> bool:
        """Whether the pages below `pages` are removed with them."""
        return True

    def _is_above_all(self, candidate: Page) -> bool:
        return all(page.is_descendant_of(candidate) for page in self.pages)

    def _is_removed(self, candidate: Page) -> bool:
        return any(
            candidate.path == page.path or (self.takes_pages_below and candidate.path.startswith(page.path))
            for page in self.pages
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("lead_to") != "page" or "target" in self.errors:
            return cleaned
        target = cleaned.get("target")
        if target is None:
            self.add_error("target", "Choose the page, or “Nowhere”.")
        elif self._is_removed(target):
            self.add_error("target", f"“{target}” leaves the site itself. Choose another page.")
        elif not published(Page.objects.filter(pk=target.pk)).exists():
            self.add_error("target", f"Readers cannot open “{target}”. Choose a published page.")
        return cleaned

    @property
    def chosen_target(self) -> Page | str | None:
        """What `redirect_removed_pages_to` takes."""
        return GONE if self.cleaned_data.get("lead_to") == GONE else self.cleaned_data.get("target")


class UnpublishForm(PageRemovalForm):
    """Asks too, where there are any, whether the pages below are unpublished with it."""

    include_descendants = forms.BooleanField(label="Unpublish the pages below as well", required=False)

    field_order = ["include_descendants"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any(page.get_descendants().live().exists() for page in self.pages):
            self.fields["include_descendants"].widget = forms.HiddenInput()

    @property
    def takes_pages_below(self) -> bool:
        return self.cleaned_data.get("include_descendants", False)


MAX_UPLOAD_BYTES = 1024 * 1024  # bytes


class RedirectImportForm(forms.Form):
    """The list, as a file or as text; what could not be taken stays in the text."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        help_text=gettext_lazy(
            "A spreadsheet (XLSX) or a list (CSV, TSV): the old addresses, and beside them the new ones."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    rows = forms.CharField(
        label=gettext_lazy("Or the lines themselves"),
        required=False,
        max_length=MAX_UPLOAD_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "/old-page, /faq/new-page/"}),
    )

    def clean_file(self) -> list[Row]:
        file = self.cleaned_data["file"]
        if not file:
            return []
        if file.size > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("This file is too large for a list of addresses."))
        try:
            return read_file(file.name, file.read())
        except InvalidRow as reason:
            raise forms.ValidationError(str(reason)) from reason

    def clean_rows(self) -> list[Row]:
        try:
            return read_rows(self.cleaned_data["rows"])
        except InvalidRow as reason:
            raise forms.ValidationError(str(reason)) from reason

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        cleaned["list"] = [*(cleaned.get("file") or []), *(cleaned.get("rows") or [])]
        if not self.errors and not cleaned["list"]:
            raise forms.ValidationError(_("Choose a file or write at least one line."))
        return cleaned
