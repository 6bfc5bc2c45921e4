"""The page that all pages are, its lead picture, topics and safety lines."""

from .lead_pictures import LeadPictureMixin
from .pages import BasePage, BasePageForm
from .related_links import RelatedPage
from .safety_lines import SafetyLine, SafetyLineMixin
from .topics import PageTopic, Topic

__all__ = [
    "BasePage",
    "BasePageForm",
    "LeadPictureMixin",
    "PageTopic",
    "RelatedPage",
    "SafetyLine",
    "SafetyLineMixin",
    "Topic",
]
