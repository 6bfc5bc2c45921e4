"""What every page, picture and setting of the site is made of."""

from .autosaves import Autosave
from .clinic import ClinicSettings, NavigationItem, OpeningHours, Price, Profile
from .jobs import JobRun
from .media import ClinicDocument, ClinicImage, Rendition
from .notices import Notice
from .pages import BasePage, BasePageForm, BasePageManager, BasePageQuerySet, RelatedPage, published, readable
from .topics import PageTopic, Topic

__all__ = [
    "Autosave",
    "BasePage",
    "BasePageForm",
    "BasePageManager",
    "BasePageQuerySet",
    "ClinicDocument",
    "ClinicImage",
    "ClinicSettings",
    "JobRun",
    "NavigationItem",
    "Notice",
    "OpeningHours",
    "PageTopic",
    "Price",
    "Profile",
    "RelatedPage",
    "Rendition",
    "Topic",
    "published",
    "readable",
]
