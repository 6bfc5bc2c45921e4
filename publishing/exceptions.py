"""What is raised where a page must not be published."""

from typing import Any

from jobs.exceptions import WorkRefused


class PublishingBlocked(WorkRefused):
    """
    Raised where a page that breaks a house rule would be published past its form.

    Says which page and why. Not a PermissionDenied: Wagtail would tell staff that they lack
    a permission, which is neither true nor any help.
    """

    def __init__(self, page: Any, reason: str) -> None:
        super().__init__(f"“{page}” was not published: {reason}")
        self.page = page
