"""What a rule would change, before it is published: the pages that would carry a disclaimer, gain it or lose it."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail.query import PageQuerySet

from disclaimers.coverage import NOWHERE, Rule, pages_of_site, rule_in_force
from disclaimers.models import DisclaimerIndexPage, DisclaimerPage, DisclaimerVersion
from publishing.page_tree import outside_trash

MAX_PAGES_SHOWN = 20
_ID = re.compile(r"[0-9]{1,18}")


class RuleForm(forms.Form):
    """The fields of a disclaimer's form that decide where it applies, as they are typed; `pages` are ids."""

    scope = forms.ChoiceField(
        choices=DisclaimerPage.Scope.choices,
        error_messages={"required": _("Choose where it applies."), "invalid_choice": _("Choose where it applies.")},
    )
    section = forms.CharField(required=False)
    pages = forms.CharField(required=False, max_length=20_000)

    def clean_section(self) -> Page | None:
        typed = self.cleaned_data["section"]
        if not typed:
            return None
        section = Page.objects.filter(pk=typed).first() if _ID.fullmatch(typed) else None
        if section is None:
            raise ValidationError(_("The section is not there anymore. Choose another page."))
        return section

    def clean_pages(self) -> frozenset[int]:
        typed = {part.strip() for part in self.cleaned_data["pages"].split(",")} - {""}
        numbers = frozenset(int(part) for part in typed if _ID.fullmatch(part))
        if len(numbers) < len(typed) or Page.objects.filter(pk__in=numbers).count() < len(numbers):
            raise ValidationError(_("A chosen page is not there anymore. Choose another one."))
        return numbers

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        if data.get("scope") == DisclaimerPage.Scope.SECTION and data.get("section", "") is None:
            self.add_error("section", _("Choose the section it applies to."))

    @property
    def rule(self) -> Rule:
        data = self.cleaned_data
        # What another scope would look at may be half typed.
        return Rule(data["scope"], data.get("section"), data.get("pages", frozenset()))

    @property
    def reasons(self) -> list[str]:
        """Why there is no rule yet. What the chosen scope does not look at is no reason."""
        errors = self.errors  # the form is validated by now
        field = {"section": "section", "pages": "pages"}.get(self.cleaned_data.get("scope", ""), "scope")
        return [str(message) for message in errors.get(field, [])]


@dataclass(frozen=True)
class PageList:
    """Some pages: how many, and the first of them in the order of the site."""

    count: int
    first: list[Page]

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def _listed(pages: PageQuerySet) -> PageList:
    pages = pages.order_by("path").only("pk", "title", "draft_title")
    first = list(pages[: MAX_PAGES_SHOWN + 1])
    count = pages.count() if len(first) > MAX_PAGES_SHOWN else len(first)
    return PageList(count, first[:MAX_PAGES_SHOWN])


def effect_of(rule: Rule, page: DisclaimerPage | None) -> dict[str, Any]:
    """
    What disclaimers/admin/effect.html shows of a rule: pages that would carry the disclaimer, gain it and lose it.

    Compared with the version of `page` that stands at this moment; without one every page gains it.
    """
    before = rule_in_force(page) if page and page.pk else None
    # A site-wide notice always stands: the last version of it, where nothing else is on every page (notices.py).
    is_last = bool(before and before.is_everywhere and not rule.is_everywhere and not _others_everywhere(page))
    stands = (before or NOWHERE).condition
    pages = pages_of_site()
    return {
        "rule": rule,
        "is_first": before is None,
        "is_last": is_last,
        "carry": _listed(pages.filter(rule.condition)),
        "gain": _listed(pages.filter(rule.condition).exclude(stands)),
        "lose": _listed(pages.filter(stands).exclude(rule.condition)),
    }


def _others_everywhere(page: DisclaimerPage | None) -> bool:
    versions = DisclaimerVersion.objects.in_force().filter(scope=DisclaimerPage.Scope.EVERYWHERE)
    return versions.exclude(disclaimer_key=page.pk if page else 0).exists()


def _page_of(request: HttpRequest) -> DisclaimerPage | None:
    """The disclaimer that the person edits; None for a new one. Others are refused."""
    key = request.POST.get("page", "")
    if not key:
        parents = outside_trash(DisclaimerIndexPage.objects.all())
        if any(parent.permissions_for_user(request.user).can_add_subpage() for parent in parents):
            return None
        raise PermissionDenied
    page = DisclaimerPage.objects.filter(pk=key).first() if _ID.fullmatch(key) else None
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_POST
def effect(request: HttpRequest) -> HttpResponse:
    """What the rule as typed would change, as HTML; what cannot be a rule is told in its place."""
    page = _page_of(request)
    form = RuleForm(request.POST)
    reasons = form.reasons
    context = {"reasons": reasons} if reasons else effect_of(form.rule, page)
    return render(request, "disclaimers/admin/effect.html", context)
