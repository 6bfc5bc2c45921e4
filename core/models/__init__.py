"""What every page, picture and setting of the site is made of."""

from clinic.models import ClinicSettings, NavigationItem, Notice, OpeningHours, Price, Profile
from core.managers import BasePageManager, BasePageQuerySet
from core.models import BasePage, BasePageForm, PageTopic, RelatedPage, Topic
from jobs.models import JobRun
from media.models import ClinicDocument, ClinicImage, Rendition
from publishing.visibility import published, readable

__all__ = [
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
