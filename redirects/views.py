"""The import of redirects in the admin."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_required
from wagtail.admin.widgets.button import Button
from wagtail.contrib.redirects.views import IndexView

from redirects.forms import RedirectImportForm
from redirects.redirect_import import broken_redirects, import_rows

IMPORT_PERMISSION = "wagtailredirects.add_redirect"


@permission_required(IMPORT_PERMISSION)
def import_redirects(request: HttpRequest) -> HttpResponse:
    """The form, and the redirects that lead nowhere."""
    form, refused = RedirectImportForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            rows = import_rows(form.cleaned_data["list"])
        refused = [row for row in rows if row.problem]
        messages.success(request, _("%d old addresses lead on now.") % (len(rows) - len(refused)))
        form = RedirectImportForm(initial={"rows": "\n".join(f"{row.old}, {row.new}" for row in refused)})
    context = {
        "form": form,
        "refused": refused,
        "nowhere": broken_redirects(),
        "page_title": _("Import redirects"),
        "header_icon": "redirect",
    }
    return render(request, "redirects/admin/redirect_import.html", context)


class RedirectList(IndexView):
    """Wagtail's list of redirects, with this import in the place of its own."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        theirs = reverse("wagtailredirects:start_import")
        ours = Button(_("Import redirects"), url=reverse("redirect_import"), icon_name="redirect", priority=50)
        return [ours, *(button for button in super().header_more_buttons if button.url != theirs)]
