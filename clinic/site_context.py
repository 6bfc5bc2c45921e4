"""The site context: clinic, navigation, notices and legal pages, which stand around every page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinic.models import LEGAL_ROLES, ClinicSettings, NavigationItem, Notice
from clinic.opening_hours import DAYS_AHEAD, ONE_DAY, OpeningHoursCalendar
from publishing.visibility import readable


@dataclass(frozen=True)
class Link:
    """A link in the header or footer; `is_current` marks the page or section one is in."""

    label: str
    url: str
    is_current: bool = False


# Takes nothing; the page that belongs into the navigation now, or None.
FindPage = Callable[[], Page | None]
_own_links: dict[str, FindPage] = {}


def register_own_link(label: str, find_page: FindPage) -> None:
    """Add a link that enters the navigation by itself, behind those of staff; called once when an app is ready."""
    _own_links[label] = find_page


class SiteContext:
    """Loaded on first use, once a request; a page that is not published is never linked."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def clinic(self):
        """The clinic's settings, legal pages at hand; an empty record where staff have not filled in any."""
        legal = {f"{role}_is_readable": readable(f"{role}_page__") for role in LEGAL_ROLES}
        clinics = ClinicSettings.objects.select_related(*ClinicSettings.select_related).annotate(
            **legal, contact_person_is_readable=readable("contact_person__")
        )
        clinics = clinics.order_by("pk").prefetch_related("opening_hours", "special_days", "profiles")
        return clinics.first() or ClinicSettings()

    @cached_property
    def contact_person(self):
        """The page of the person whose face stands beside the number; None where there is none to be read."""
        if not self.clinic.contact_person_id or not getattr(self.clinic, "contact_person_is_readable", False):
            return None
        return self.clinic.contact_person.specific

    @cached_property
    def call_steps(self):
        """What happens when people call, in the order of staff."""
        return list(self.clinic.call_steps.all()) if self.clinic.pk else []

    @cached_property
    def next_hours(self):
        """The hours of the next date on which the clinic is open; None where none is near."""
        return self.calendar.next_hours(timezone.now())

    @property
    def opening_moments(self):
        """When the clinic opens and closes next; see `OpeningHoursCalendar.moments`."""
        return self.calendar.moments(timezone.now())

    @property
    def time_zone(self):
        """The clinic's time zone by its name."""
        return settings.TIME_ZONE

    @property
    def name(self):
        return self.clinic.name or settings.WAGTAIL_SITE_NAME

    @cached_property
    def links(self):
        """What staff put into the navigation, in their order, with pages at hand."""
        if not self.clinic.pk:
            return []
        items = NavigationItem.objects.filter(clinic=self.clinic).select_related("page")
        return list(items.annotate(is_readable=readable("page__")))

    @cached_property
    def navigation(self):
        """The links of the header: up to five in the order of staff, then those that enter it by themselves."""
        chosen = {item.page_id for item in self.links}
        entries = [(item.label or item.page.title, item.page) for item in self.links if item.is_readable]
        for label, find_page in _own_links.items():
            page = find_page()
            if page is not None and page.pk not in chosen:
                entries.append((label, page))
        links = []
        for label, page in entries:
            url = page.get_url(self.request)
            links.append(Link(label, url, self.request.path.startswith(url)))
        return links

    def short_title(self, page):
        """What a page is called where space is short: as in the navigation, else its title."""
        if page.depth <= 2:
            return str(_("Home"))
        labels = {item.page_id: item.label for item in self.links}
        return labels.get(page.pk) or page.title

    def trail(self, pages):
        """Breadcrumbs to `pages`, from home down, as links."""
        return [Link(self.short_title(page), page.get_url(self.request)) for page in pages]

    def _legal_link(self, role):
        page = getattr(self.clinic, f"{role}_page")
        if page is None or not self.clinic.legal_page_applies(role):
            return None
        if not getattr(self.clinic, f"{role}_is_readable", False):
            return None
        return Link(str(LEGAL_ROLES[role]), page.get_url(self.request))

    @cached_property
    def legal(self):
        """Links to the legal pages there are and that concern the clinic, in a fixed order; see `LEGAL_ROLES`."""
        return [link for role in LEGAL_ROLES if (link := self._legal_link(role))]

    @cached_property
    def terms(self):
        """The link to the terms, or None while there are none."""
        return self._legal_link("terms")

    @cached_property
    def good_faith_estimate(self):
        """The link to the notice on good faith estimates, or None while there is none."""
        return self._legal_link("good_faith_estimate")

    @cached_property
    def _notices(self):
        """Notices shown at this moment and closures ahead, linked pages at hand; one query."""
        notices = Notice.objects.current() | Notice.objects.closures_ahead()
        return list(notices.select_related("link_page").annotate(link_is_readable=readable("link_page__")))

    @cached_property
    def notices(self):
        """Notices shown at this moment."""
        return [notice for notice in self._notices if notice.is_current]

    @property
    def announcements(self):
        """What stands above every page: notices, then special days; each with `text`."""
        return [*self.notices, *self.calendar.announcements(timezone.localdate())]

    @cached_property
    def calendar(self):
        """The hours of any date."""
        closures = [notice for notice in self._notices if notice.is_closure_ahead]
        return OpeningHoursCalendar(self.clinic.opening_hours.all(), self.clinic.special_days.all(), closures)

    @cached_property
    def hours(self):
        """The usual week, special days of the next seven noted."""
        return self.calendar.week(timezone.localdate())

    @cached_property
    def special_hours(self):
        """Closed days and other hours ahead, on the visit page and in the graph."""
        today = timezone.localdate()
        return self.calendar.special_spans(today, today + DAYS_AHEAD * ONE_DAY)


def site_context_for(request):
    """The site context of a request, made once."""
    if not hasattr(request, "_site_context"):
        request._site_context = SiteContext(request)
    return request._site_context
