"""The trash in the admin: its list, bringing a page back, and deleting it for good."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages as admin_messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page

from trash.models import TrashedPage
from trash.moving import CannotBringBack, bring_back, delete_for_good
from trash.permissions import can_publish_below, entries_for, may_handle, nearest_places, possible_parents
from trash.permissions import stands_where_it_stood as is_place_left

ENTRIES_A_PAGE = 50


class PlaceForm(forms.Form):
    """Asks below which page a page comes back whose own place is gone."""

    def __init__(self, *args: Any, places: list[Page], nearest: Page | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(page.pk): page for page in places}
        choices = [
            (pk, f"{'– ' * (page.depth - 2)}{page.get_admin_display_title()}") for pk, page in self.places.items()
        ]
        self.fields["place"] = forms.ChoiceField(
            label="Bring it back below",
            choices=choices,
            initial=nearest.pk if nearest and str(nearest.pk) in self.places else None,
            error_messages={"invalid_choice": "This page is not there anymore. Choose another one."},
        )

    @property
    def chosen(self) -> Page:
        """The page that was chosen."""
        return self.places[self.cleaned_data["place"]]


def _entry_for(request: HttpRequest, pk: int) -> TrashedPage:
    """An entry that this person may handle, which knows its `place`; else 404, as where there is none."""
    entry = TrashedPage.objects.select_related("page__content_type").filter(pk=pk).first()
    if entry is None:
        raise Http404
    entry.place = nearest_places([entry]).get(entry.pk)
    if not may_handle(request.user, entry, entry.place):
        raise Http404
    return entry


@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    """What is in the trash, who put it there, and until when it can come back."""
    paginator = WagtailPaginator(entries_for(request.user), ENTRIES_A_PAGE)
    entries = paginator.get_page(request.GET.get("p"))
    pages = paginator.get_elided_page_range(entries.number)
    context = {"entries": entries, "elided_page_range": pages, "header_icon": "bin"}
    return render(request, "trash/admin/trash.html", {**context, "page_title": "Trash", "header_title": "Trash"})


@require_http_methods(["GET", "HEAD", "POST"])
def bring_back_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a page back to where it was, or to the place that the form asks for."""
    try:
        entry = _entry_for(request, pk)
    except Http404:
        messages.info(request, "This page is not in the trash anymore.")
        return redirect("trash")
    if is_place_left(entry, entry.place):
        return _bring_back(request, entry, entry.place) if request.method == "POST" else redirect("trash")
    form = PlaceForm(
        request.POST if "place" in request.POST else None,
        places=possible_parents(request.user, entry),
        nearest=entry.place,
    )
    if request.method == "POST" and form.is_valid():
        return _bring_back(request, entry, form.chosen)
    context = {"form": form, "entry": entry, "page_title": "Bring back", "header_icon": "bin"}
    context["kinds"] = [model.get_verbose_name() for model in entry.page.specific_class.allowed_parent_page_models()]
    return render(request, "trash/admin/choose_place.html", {**context, "header_title": f"Bring back: {entry}"})


def _bring_back(request: HttpRequest, entry: TrashedPage, place: Page) -> HttpResponse:
    try:
        notes = bring_back(entry, place, request.user, may_publish=can_publish_below(request.user, place))
    except CannotBringBack as reason:
        messages.error(request, f"“{entry}” was not brought back. {reason}")
        return redirect("trash")
    page = Page.objects.get(pk=entry.page_id)
    title = page.get_admin_display_title()
    how = "Readers see it again." if page.live else "It is a draft."
    edit = admin_messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Open it")
    admin_messages.success(request, f"“{title}” is back below “{place.get_admin_display_title()}”. {how}", [edit])
    for note in notes:
        messages.warning(request, note)
    return redirect("trash")


@require_http_methods(["GET", "HEAD", "POST"])
def delete_page_for_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a page in the trash."""
    try:
        entry = _entry_for(request, pk)
    except Http404:
        messages.info(request, "This page is not in the trash anymore.")
        return redirect("trash")
    if request.method == "POST":
        delete_for_good(entry, request.user)
        messages.success(request, f"“{entry}” is deleted for good.")
        return redirect("trash")
    context = {"entry": entry, "page_title": "Delete for good", "header_icon": "bin"}
    return render(request, "trash/admin/delete_for_good.html", {**context, "header_title": f"Delete for good: {entry}"})
