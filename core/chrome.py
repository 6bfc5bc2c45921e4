"""What stands around the content of every page: clinic, navigation, notices, legal pages."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from wagtail.models import Page

from core.models import ClinicSettings, NavigationItem, Notice, published
from core.models.clinic import LEGAL_ROLES


@dataclass(frozen=True)
class Link:
    """A link in the header or footer; `here` marks the page or section one is in."""

    label: str
    url: str
    here: bool = False


class Chrome:
    """Loaded on first use, once a request; a page that is not published is never linked."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def clinic(self):
        """The clinic's settings; an empty record where staff have not filled in any."""
        clinic = ClinicSettings.objects.order_by("pk").prefetch_related("opening_hours", "profiles").first()
        return clinic or ClinicSettings()

    @property
    def name(self):
        return self.clinic.name or settings.WAGTAIL_SITE_NAME

    @cached_property
    def _pages(self):
        """The published pages that navigation and legal links name, by primary key; one query."""
        ids = {item.page_id for item in self._navigation_items}
        ids |= {getattr(self.clinic, f"{role}_page_id") for role in LEGAL_ROLES}
        return published(Page.objects.all()).in_bulk([pk for pk in ids if pk])

    @cached_property
    def _navigation_items(self):
        return list(NavigationItem.objects.filter(clinic=self.clinic)) if self.clinic.pk else []

    @cached_property
    def navigation(self):
        """Up to five links of the header, in the order of staff."""
        links = []
        for item in self._navigation_items:
            if page := self._pages.get(item.page_id):
                url = page.get_url(self.request)
                links.append(Link(item.label or page.title, url, self.request.path.startswith(url)))
        return links

    @cached_property
    def legal(self):
        """Links to the legal pages there are, in a fixed order; see `LEGAL_ROLES`."""
        return [
            Link(str(label), self._pages[pk].get_url(self.request))
            for role, label in LEGAL_ROLES.items()
            if (pk := getattr(self.clinic, f"{role}_page_id")) in self._pages
        ]

    @cached_property
    def terms(self):
        """The link to the terms, or None while there are none."""
        page = self._pages.get(self.clinic.terms_page_id)
        return Link(str(LEGAL_ROLES["terms"]), page.get_url(self.request)) if page else None

    @cached_property
    def notices(self):
        """Notices shown at this moment, their pages at hand."""
        notices = list(Notice.objects.current())
        prefetch_related_objects(notices, "link_page")
        return notices

    @cached_property
    def closures(self):
        """Days the clinic is or will be closed, from notices."""
        return list(Notice.objects.closures_ahead())


def chrome_of(request):
    """The chrome of a request, made once."""
    if not hasattr(request, "_chrome"):
        request._chrome = Chrome(request)
    return request._chrome
