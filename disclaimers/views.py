"""The full text of the site-wide notice when no page holds it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from disclaimers.models import DisclaimerPage, DisclaimerVersion
from disclaimers.notices import BUILT_IN_NOTICE, BUILT_IN_TITLE, last_site_wide_version


@require_safe
def standing_notice(request):
    """Sends to the disclaimer's page while there is one; else shows the last version, or the built-in words."""
    for version in DisclaimerVersion.objects.in_force():
        if version.scope == DisclaimerPage.Scope.EVERYWHERE:
            return redirect(version.disclaimer.get_url(request))
    version = last_site_wide_version()
    return render(
        request,
        "disclaimers/standing_notice.html",
        {
            "version": version,
            "title": version.title if version else BUILT_IN_TITLE,
            "built_in_notice": BUILT_IN_NOTICE,
        },
    )
