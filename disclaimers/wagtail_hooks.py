"""Disclaimers in the admin: the report on where they stand, and what a new rule would change."""

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from disclaimers.coverage import may_publish_disclaimers
from disclaimers.effect import effect
from disclaimers.models import DisclaimerPage
from disclaimers.report import CoverageReportView


@hooks.register("register_admin_urls")
def register_disclaimer_urls() -> list[URLPattern]:
    return [
        path("reports/disclaimers/", CoverageReportView.as_view(), name="disclaimer_coverage"),
        path(
            "reports/disclaimers/results/",
            CoverageReportView.as_view(results_only=True),
            name="disclaimer_coverage_results",
        ),
        path("disclaimers/effect/", effect, name="disclaimer_effect"),
    ]


@hooks.register("after_publish_page")
def tell_of_later_date(request: HttpRequest, page: Page) -> None:
    """Published is not in force: a version with a later date waits for its day."""
    if isinstance(page, DisclaimerPage) and page.effective_date and page.effective_date > timezone.localdate():
        day = date_format(page.effective_date, "F j, Y")
        messages.info(request, _("Readers see it from %s on. Until then, the version before it applies.") % day)


class CoverageMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_publish_disclaimers(request.user)


@hooks.register("register_reports_menu_item")
def register_coverage_menu_item() -> MenuItem:
    return CoverageMenuItem(
        _("Disclaimers"), reverse("disclaimer_coverage"), name="disclaimers", icon_name="clipboard-list", order=800
    )


@hooks.register("insert_global_admin_js")
def register_effect_js() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("disclaimers/effect.js"))
