"""When each version of a disclaimer was in force, and the pages that show earlier ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from text.differences import compare_texts

VERSION_FIELDS = ("disclaimer_id", "disclaimer_key", "number", "published_at", "effective_date", "title")


@dataclass(frozen=True)
class Period:
    """The time during which a version was in force; `until` is None for the one in force now."""

    version: Any
    since: datetime
    until: datetime | None

    @property
    def first_day(self) -> date:
        """A day of the clinic."""
        return _day(self.since)

    @property
    def last_day(self) -> date | None:
        """A day of the clinic: the one before where the next version begins at midnight."""
        return _day(self.until - timedelta(microseconds=1)) if self.until else None


def _day(moment: datetime) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def in_force_since(version: Any) -> datetime:
    """The later of its publishing and the beginning of its effective date at the clinic."""
    if not version.effective_date:
        return version.published_at
    midnight = datetime.combine(version.effective_date, time.min)
    return max(version.published_at, timezone.make_aware(midnight, timezone.get_default_timezone()))


def periods(versions: Iterable[Any]) -> list[Period]:
    """
    The periods of one disclaimer's versions up to now, the oldest first.

    The newest version whose time has come is in force. What was superseded before its own
    effective date never was, and has no period.
    """
    now, found = timezone.now(), list[Period]()
    for version in sorted(versions, key=lambda version: version.number, reverse=True):
        since = in_force_since(version)
        until = found[-1].since if found else None
        if since <= now and (until is None or since < until):
            found.append(Period(version, since, until))
    return found[::-1]


class VersionHistoryMixin(RoutablePageMixin):
    """A disclaimer whose earlier versions have pages of their own, readable as long as the page itself is."""

    @cached_property
    def periods(self) -> list[Period]:
        """See `periods`; the texts of these versions are not loaded."""
        return periods(self.versions.only(*VERSION_FIELDS))

    @property
    def in_force_since(self) -> date | None:
        """The first day of the version in force; None before there is one."""
        return self.periods[-1].first_day if self.periods else None

    @property
    def earlier_periods(self) -> list[Period]:
        """The periods that are over, the last one first."""
        return self.periods[-2::-1]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_published:
            raise Http404
        return super().serve(request, *args, **kwargs)

    @path("version/<int:number>/")
    def earlier_version(self, request: HttpRequest, number: int) -> HttpResponse:
        """An earlier version in full, and what the one after it changed. That of the version in force leads to it."""
        numbers = [period.version.number for period in self.periods]
        if number not in numbers:
            raise Http404
        place = numbers.index(number)
        period = self.periods[place]
        if period.until is None:
            return redirect(self.get_url(request))
        version, following = self.versions.filter(number__in=numbers[place : place + 2]).order_by("number")
        return TemplateResponse(
            request,
            "disclaimers/earlier_version.html",
            {
                **self.get_context(request),
                "version": version,
                "period": period,
                "following": following,
                "difference": compare_texts(version.as_html(), following.as_html()),
                "canonical_path": f"{self.url}version/{number}/",
                "route_title": _("%(title)s, version %(number)d") % {"title": version.title, "number": number},
                "route_description": "",
                "noindex": True,
                "graph": [],
            },
        )

    def get_route_paths(self) -> list[str]:
        """The addresses there are now: they are redirected along with the page."""
        return ["/", *(f"/version/{period.version.number}/" for period in self.earlier_periods)]
