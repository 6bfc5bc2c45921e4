"""The page that all pages are, topics and safety lines."""

from .pages import BasePage, BasePageForm
from .related_links import RelatedPage
from .safety_lines import SafetyLine, SafetyLineMixin
from .topics import PageTopic, Topic

__all__ = ["BasePage", "BasePageForm", "PageTopic", "RelatedPage", "SafetyLine", "SafetyLineMixin", "Topic"]
