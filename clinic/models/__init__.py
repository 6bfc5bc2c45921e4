"""The clinic itself: its settings, hours, prices, navigation and notices."""

from .clinic_settings import LEGAL_ROLES, ClinicSettings, NavigationItem, OpeningHours, Price, Profile
from .notices import Notice, NoticeQuerySet

__all__ = [
    "LEGAL_ROLES",
    "ClinicSettings",
    "NavigationItem",
    "Notice",
    "NoticeQuerySet",
    "OpeningHours",
    "Price",
    "Profile",
]
