"""The clinic itself: its settings, hours, prices, navigation and notices."""

from .clinic_settings import LEGAL_ROLES, LEGAL_SWITCHES, ClinicSettings, NavigationItem, Profile
from .contact import CallStep
from .hours import OpeningHours, SpecialDay
from .notices import Notice, NoticeQuerySet
from .prices import Price

__all__ = [
    "LEGAL_ROLES",
    "LEGAL_SWITCHES",
    "CallStep",
    "ClinicSettings",
    "NavigationItem",
    "Notice",
    "NoticeQuerySet",
    "OpeningHours",
    "Price",
    "Profile",
    "SpecialDay",
]
