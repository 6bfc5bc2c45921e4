"""The page that all pages are, and topics."""

from .pages import BasePage, BasePageForm
from .related_links import RelatedPage
from .topics import PageTopic, Topic

__all__ = ["BasePage", "BasePageForm", "PageTopic", "RelatedPage", "Topic"]
