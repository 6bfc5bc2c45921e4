"""Base classes of records: with drafts and revisions, or with revisions alone."""

from typing import Any, NoReturn, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import CharField
from django.forms.widgets import Input
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin

from publishing.deletion import is_protected
from publishing.exceptions import PublishingBlocked
from publishing.missing import describe_missing, holes, missing_references
from publishing.previews import PreviewedRecord
from publishing.stale_form import StaleFormMixin

# What Wagtail keeps on a record beside its content.
BOOKKEEPING_FIELDS = frozenset(
    field.name for mixin in (DraftStateMixin, LockableMixin, RevisionMixin) for field in mixin._meta.local_fields
)


class RecordForm(StaleFormMixin, WagtailAdminModelForm):
    """The form of a record that has versions."""

    @property
    def rewritten(self) -> list[tuple[str, str]]:
        """Short texts that are kept otherwise than they were typed, as (typed, kept); those of rows included."""
        rows = [row for rows in self.formsets.values() for row in rows.forms if row not in rows.deleted_forms]
        pairs = []
        for form in [self, *rows]:
            for field in form:
                typed, kept = field.data, getattr(form.instance, field.name, None)
                if isinstance(field.field, CharField) and isinstance(field.field.widget, Input) and typed and kept:
                    pairs.append((" ".join(typed.split()), kept))
        return [(typed, kept) for typed, kept in pairs if typed != kept]


class DraftForm(RecordForm):
    """The form of a record that has drafts: its rules hold for what is published."""

    def _post_clean(self) -> None:
        self.instance.is_draft = self.is_deferred_validation
        super()._post_clean()


class DraftableQuerySet(models.QuerySet):
    """Records by whether readers see them."""

    def live(self) -> Self:
        """Published: what was only ever drafted is for staff."""
        return self.filter(live=True)


class DraftableRecord(PreviewedRecord, DraftStateMixin, LockableMixin, RevisionMixin):
    """
    A record that is drafted and published as pages are.

    Readers see the row while it is live; a draft of a live record is a revision alone. There is no
    way back to "not live": an unpublished fact would be a hole in a sentence. Subclasses put the
    rules of what may be published into `clean_for_publishing`.
    """

    # True while a form validates what is saved as a draft or only previewed.
    is_draft = False

    base_form_class = DraftForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.is_draft:
            if reasons := holes(type(self), self.serializable_data()):
                raise ValidationError(reasons)
            self.clean_for_publishing()

    def clean_for_publishing(self) -> None:
        """Raise ValidationError for what readers must not see."""

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """As Wagtail does it, for what is scheduled too; PublishingBlocked where what the version names is gone."""
        gone = [row for row in missing_references(type(self), revision.content) if is_protected(row.target)]
        if gone:
            raise PublishingBlocked(self, f"{describe_missing(type(self), gone)} has been deleted.")
        super().publish(revision, *args, **kwargs)

    def save_revision(self, *args: Any, clean: bool = True, **kwargs: Any) -> Revision:
        return super().save_revision(*args, clean=clean and not self.is_draft, **kwargs)


class SingleRecord(RevisionMixin, models.Model):
    """A record of which there is one, with versions and without drafts."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    base_form_class = RecordForm

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(id=1), name="only_one_%(class)s")]

    @classmethod
    def load(cls, request: HttpRequest | None = None) -> Self:
        """The record; made with its first version where there is none yet."""
        record, made = cls.objects.get_or_create(pk=1)
        if made:
            record.save_revision(clean=False, log_action="wagtail.create")
        return record

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("There is one record of this kind. Empty its fields instead of deleting it."))
