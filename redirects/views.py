"""The import of redirects in the admin."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_required

from redirects.forms import RedirectImportForm
from redirects.redirect_import import broken_redirects, import_rows

PERMISSION = "wagtailredirects.add_redirect"


@permission_required(PERMISSION)
def import_redirects(request):
    """The form, and what is wrong with the old addresses there are."""
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
        "page_title": _("Bring in old addresses"),
        "header_icon": "redirect",
    }
    return render(request, "redirects/admin/redirect_import.html", context)
