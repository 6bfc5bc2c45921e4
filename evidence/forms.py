"""The form of a fact or source in the admin."""

from wagtail.permissions import page_permission_policy

from publishing.records import DraftForm


class StatedForm(DraftForm):
    """
    Asks publishers anew, each time it is opened, whether the change alters the meaning.

    What an earlier version said of it says nothing; who may not publish pages does not decide it.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "changes_meaning" not in self.fields:
            return
        self.initial["changes_meaning"] = True
        if not (self.for_user and page_permission_policy.user_has_permission(self.for_user, "publish")):
            del self.fields["changes_meaning"]
            self.instance.changes_meaning = True
