"""Which pages a disclaimer stands on, asked of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from disclaimers.models import DisclaimerIndexPage, DisclaimerPage, DisclaimerVersion
from disclaimers.notices import site_wide_notice_without_page


@dataclass(frozen=True)
class Rule:
    """Where a disclaimer applies; `DisclaimerVersion.applies_to` says the same of a single page."""

    scope: str
    section: Page | None = None
    page_ids: frozenset[int] = frozenset()

    @property
    def is_everywhere(self) -> bool:
        return self.scope == DisclaimerPage.Scope.EVERYWHERE

    @property
    def condition(self) -> Q:
        """The pages concerned, for `filter`."""
        if self.is_everywhere:
            return Q(pk__isnull=False)
        if self.scope == DisclaimerPage.Scope.SECTION:
            return Q(path__startswith=self.section.path) if self.section else Q(pk__in=[])
        return Q(pk__in=self.page_ids)

    def __str__(self) -> str:
        if self.is_everywhere:
            return _("everywhere")
        if self.scope == DisclaimerPage.Scope.PAGES:
            return _("chosen pages")
        return _("section %s") % self.section.title if self.section else _("a section that is gone")


NOWHERE = Rule(DisclaimerPage.Scope.PAGES)


def rule_of_version(version: DisclaimerVersion) -> Rule:
    """The rule under which a version was published."""
    return Rule(version.scope, version.section, frozenset(version.page_ids))


def rule_of_page(page: DisclaimerPage) -> Rule:
    """The rule as it stands in a draft."""
    section = Page.objects.filter(pk=page.section_id).first() if page.section_id else None
    return Rule(page.scope, section, frozenset(row.page_id for row in page.chosen_pages.all() if row.page_id))


def versions_in_force() -> list[DisclaimerVersion]:
    """The versions that stand at this moment, their sections at hand."""
    return list(DisclaimerVersion.objects.in_force().select_related("disclaimer", "section"))


def rule_in_force(page: DisclaimerPage) -> Rule | None:
    """The rule of the version of a disclaimer that stands at this moment; None where there is none."""
    version = DisclaimerVersion.objects.in_force().select_related("section").filter(disclaimer_key=page.pk or 0).first()
    return rule_of_version(version) if version else None


def pages_of_site() -> PageQuerySet:
    """Every page of the site that is live, those behind a password among them: they carry notices, too."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return Page.objects.none()
    return Page.objects.descendant_of(site.root_page, inclusive=True).live().exclude(expire_at__lte=timezone.now())


def with_own(versions: Iterable[DisclaimerVersion]) -> Q:
    """The pages with a disclaimer that is not on every page, for `filter`."""
    condition = Q(pk__in=[])
    for rule in map(rule_of_version, versions):
        if not rule.is_everywhere:
            condition |= rule.condition
    return condition


@dataclass(frozen=True)
class Carried:
    """A disclaimer on a page; `disclaimer` is None for the site-wide notice that stands without a page."""

    title: str
    rule: str
    disclaimer: DisclaimerPage | None

    def __str__(self) -> str:
        return f"{self.title} ({self.rule})"


class Coverage:
    """Which disclaimers pages carry at this moment; asks the database once, however many pages there are."""

    def __init__(self) -> None:
        self.versions = versions_in_force()
        self._without_page = []
        if not any(rule_of_version(version).is_everywhere for version in self.versions):
            notice = site_wide_notice_without_page()
            self._without_page = [Carried(str(notice.title), _("everywhere, though its page is not published"), None)]

    def of(self, page: Page) -> list[Carried]:
        """The disclaimers of a page, in the order in which they stand on it."""
        return self._without_page + [
            Carried(version.title, str(rule_of_version(version)), version.disclaimer)
            for version in self.versions
            if version.applies_to(page)
        ]


def may_publish_disclaimers(user: Any) -> bool:
    """Whether somebody decides what disclaimers readers see."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return pages.filter(pk__in=DisclaimerIndexPage.objects.values("pk")).exists()
