"""What is raised where a page must not be published."""

from typing import Any

from jobs.exceptions import WorkRefused


class PublishingBlocked(WorkRefused):
    """
    Raised where a page that breaks a house rule would be published past its form.

    Says which page and why. Not a PermissionDenied: Wagtail would tell staff that they lack
    a permission, which is neither true nor any help. `place` is where in the editor it can be mended, as
    Wagtail's content path, such as "short_answer".
    """

    def __init__(self, page: Any, reason: str, done: str = "published", place: str = "") -> None:
        super().__init__(f"“{page}” was not {done}: {reason}")
        self.page, self.reason, self.place = page, reason, place


class InUse(WorkRefused):
    """Raised where something would be deleted that pages or records name, in a draft or a scheduled version too."""

    def __init__(self, record: Any, uses: Any) -> None:
        places = ", ".join(map(str, uses))
        super().__init__(f"“{record}” cannot be deleted: it is used in {places}. Take it out there first.")
        self.record, self.uses = record, uses
