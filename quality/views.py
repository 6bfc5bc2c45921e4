"""The preflight of a page, as a fragment for the panel “Checks” of its editor."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from quality.link_places import editor_place
from quality.preflight import check_page
from quality.remarks import Remark


@require_safe
@never_cache
def preflight(request: HttpRequest, pk: int) -> HttpResponse:
    """What hinders publishing and what could be better, of the latest version that was saved."""
    page = get_object_or_404(Page, pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = check_page(page.get_latest_revision_as_object())
    context = {"page": page, "groups": [_group("blocks", found.hindrances), _group("advice", found.advice)]}
    return render(request, "quality/admin/preflight.html", context)


def _group(name: str, remarks: list[Remark]) -> dict[str, Any]:
    links = [(remark.text, remark.url or (editor_place("", remark.place)), remark.place) for remark in remarks]
    return {"name": name, "remarks": list(dict.fromkeys(links))}
