"""The page that all pages are, its lead picture, and topics."""

from .lead_pictures import LeadPictureMixin
from .pages import BasePage, BasePageForm
from .related_links import RelatedPage
from .topics import PageTopic, Topic

__all__ = ["BasePage", "BasePageForm", "LeadPictureMixin", "PageTopic", "RelatedPage", "Topic"]
