"""Wagtail's form of a redirect, which takes what works and refuses what would never lead on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.views import CreateView, EditView
from wagtail.models import Page

from publishing.visibility import published
from redirects.addresses import InvalidAddress, clean_old_path, clean_target

MAX_TYPED = 2000


class AddressForm(RedirectForm):
    """Reads addresses as the import does; see `redirects.addresses`."""

    old_path = forms.CharField(
        label=gettext_lazy("Redirect from"),
        max_length=MAX_TYPED,
        help_text=gettext_lazy("The old address, such as /old-page."),
    )
    redirect_link = forms.CharField(
        label=gettext_lazy("Redirect to any URL"),
        required=False,
        max_length=MAX_TYPED,
        help_text=gettext_lazy(
            "An address of this site, such as /faq/#is-ketamine-safe, or of another one, with https://. "
            "Without a page and without an address, people are told that the page is gone."
        ),
    )

    def clean_old_path(self) -> str:
        old = self.cleaned_data["old_path"]
        if "old_path" not in self.changed_data:
            return old
        try:
            return clean_old_path(old)
        except InvalidAddress as reason:
            raise forms.ValidationError(str(reason)) from reason

    def clean(self) -> dict[str, Any]:
        super().clean()
        page, link = self.cleaned_data.get("redirect_page"), self.cleaned_data.get("redirect_link")
        if page and link:
            self.add_error("redirect_link", _("Choose a page or write an address, not both."))
        elif link:
            self._clean_link(link)
        elif page and "redirect_page" in self.changed_data and not published(Page.objects.filter(pk=page.pk)).exists():
            self.add_error("redirect_page", _("Readers cannot open “%s”. Choose a published page.") % page)
        return self.cleaned_data

    def _clean_link(self, link: str) -> None:
        old = self.cleaned_data.get("old_path", self.instance.old_path)
        try:
            fields = clean_target(link, {}, {old})
        except InvalidAddress as reason:
            self.add_error("redirect_link", str(reason))
            return
        self.cleaned_data["redirect_link"] = fields.get("redirect_link", "")
        self.cleaned_data["redirect_page"] = fields.get("redirect_page")

    def _get_validation_exclusions(self) -> Iterable[str]:
        # The model takes full addresses alone, and has no word on what leads where.
        return {*super()._get_validation_exclusions(), "redirect_link"}


class RedirectCreateView(CreateView):
    form_class = AddressForm


class RedirectEditView(EditView):
    form_class = AddressForm
