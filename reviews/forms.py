"""The form of a page that clinicians review."""

from typing import Any

from django import forms

from archive.models import PublishedText
from archive.wording import wording_of
from core.models import BasePageForm
from reviews.sign_off import keep_review


class ReviewedPageForm(BasePageForm):
    """Asks publishers whether what they publish means the same as before; then its review stays."""

    keeps_review = forms.BooleanField(
        required=False,
        label="No change of meaning",
        help_text="For a typo or the like: the review stays. Your name is kept with it.",
    )

    def _post_clean(self) -> None:
        self.instance.keeps_review = self._keeps_review()
        super()._post_clean()

    def _keeps_review(self) -> bool:
        approves = self.data.get("workflow-action-name") == "approve"
        publishes = "action-publish" in self.data or approves
        if not (publishes and self.cleaned_data.get("keeps_review") and self.instance.pk):
            return False
        return bool(self.for_user and self.instance.permissions_for_user(self.for_user).can_publish())

    def save(self, commit: bool = True) -> Any:
        page = super().save(commit)
        seen = PublishedText.objects.of(page.pk).select_related("wording").first() if page.pk else None
        if seen and page.keeps_review:
            keep_review(self.for_user, page, seen.wording, wording_of(page))
        return page
