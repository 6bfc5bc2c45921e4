"""Bring in a list of old addresses, and see which of them lead nowhere."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from core.old_addresses import leading_nowhere, read, take_in

LARGEST = 1024 * 1024  # bytes
MAY = "wagtailredirects.add_redirect"


class ListForm(forms.Form):
    """The list, as a file or as text; what could not be taken stays in the text."""

    file = forms.FileField(
        label=gettext_lazy("A file"), required=False, help_text=gettext_lazy("CSV, as a spreadsheet saves it.")
    )
    rows = forms.CharField(
        label=gettext_lazy("Or the lines themselves"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "/old-page, /faq/new-page/"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for a list of addresses."))
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Save this file as CSV in UTF-8 first.")) from error

    def clean(self):
        cleaned = super().clean()
        cleaned["list"] = cleaned.get("file") or cleaned.get("rows") or ""
        if not self.errors and not cleaned["list"].strip():
            raise forms.ValidationError(_("Choose a file or write at least one line."))
        return cleaned


@permission_required(MAY)
def bring_in(request):
    """The form, and what is wrong with the old addresses there are."""
    form, refused = ListForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            rows = take_in(read(form.cleaned_data["list"]))
        refused = [row for row in rows if row.problem]
        messages.success(request, _("%d old addresses lead on now.") % (len(rows) - len(refused)))
        form = ListForm(initial={"rows": "\n".join(f"{row.old}, {row.new}" for row in refused)})
    context = {
        "form": form,
        "refused": refused,
        "nowhere": leading_nowhere(),
        "page_title": _("Bring in old addresses"),
        "header_icon": "redirect",
    }
    return render(request, "editorial/admin/old_addresses.html", context)


@hooks.register("register_admin_urls")
def addresses():
    return [path("old-addresses/", bring_in, name="old_addresses")]


class OldAddressesItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(MAY)


@hooks.register("register_reports_menu_item")
def among_the_reports():
    return OldAddressesItem(
        _("Bring in old addresses"), reverse("old_addresses"), name="old-addresses", icon_name="redirect", order=900
    )
