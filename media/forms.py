"""Forms for uploading pictures and documents, the same everywhere in the admin."""

import re
from pathlib import Path

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils.datastructures import MultiValueDict
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import UploadedFile

from media.models import NO_DECISION

NO_PATIENTS = "Do not enter patient information: no names, no dates of treatment, nothing that says who is a patient."


class RetainedUploadMixin:
    """
    Keeps the uploaded file of a form that is refused, so that nobody has to choose it twice.

    A browser forgets the file of a form that comes back. It waits where the upload of many files lets
    them wait, for the person who sent it; what is abandoned there goes with the rest.
    """

    waiting = None  # the UploadedFile that the form brought along, or has retained
    is_brought_along = False  # whether that one stands in the file field

    def __init__(self, data=None, files=None, *args, user=None, **kwargs):
        super().__init__(data, files, *args, user=user, **kwargs)
        self.sender = user
        if "file" in self.fields:
            self.fields["waiting_file"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self._restore_upload()

    @property
    def _kind(self):
        return ContentType.objects.get_for_model(self._meta.model)

    def _restore_upload(self):
        """Put what the sender sent before into the file field, unless another file came."""
        pk = self.data.get(self.add_prefix("waiting_file"), "")
        if not re.fullmatch("[0-9]{1,18}", pk):
            return
        row = UploadedFile.objects.filter(for_content_type=self._kind, uploaded_by_user=self.sender, pk=pk).first()
        try:
            file = row and ContentFile(row.file.read(), name=Path(row.file.name).name)
        except OSError:  # cleared away from the disk
            return
        self.waiting = row
        if file and not self.files.get(self.add_prefix("file")):
            self.files = MultiValueDict({self.add_prefix("file"): [file]})
            self.is_brought_along = True

    def full_clean(self):
        super().full_clean()
        # The upload of many files, which knows no such field, lets them wait by itself.
        if not self._errors or self.add_prefix("waiting_file") not in self.data:
            return
        file = self.files.get(self.add_prefix("file"))
        if file and "file" not in self._errors and not self.is_brought_along:
            self._retain_upload(file)
        if self.waiting:
            self.fields["file"].required = False  # else the script of a chooser asks for it before it sends the form
            name = Path(self.waiting.file.name).name
            self["file"].help_text = f"“{name}” is here already. Choose a file only if you want another one."

    def _retain_upload(self, file):
        self._discard_upload()
        self.waiting = UploadedFile.objects.create(for_content_type=self._kind, file=file, uploaded_by_user=self.sender)
        self.data = self.data.copy()
        self.data[self.add_prefix("waiting_file")] = str(self.waiting.pk)

    def _discard_upload(self):
        if self.waiting:
            self.waiting.file.delete(save=False)
            self.waiting.delete()
            self.waiting = None

    def save(self, commit=True):
        saved = super().save(commit=commit)
        self._discard_upload()
        return saved


class ClinicImageForm(RetainedUploadMixin, BaseImageForm):
    """A picture's form: rights and consent are folded away until they are asked for."""

    warning = f"{NO_PATIENTS} Pictures on this site are public."
    folded_names = ("rights_holder", "rights_note")
    folded_after = "shows_person"
    folded_heading = "Rights and consent"

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "shows_person": forms.RadioSelect}
        error_messages = {"shows_person": {"required": NO_DECISION}}

    @property
    def folded_fields(self):
        return [field for field in self.visible_fields() if field.name in self.folded_names]

    @property
    def is_unfolded(self):
        """Whether something is amiss in what is folded, or asked for by an answer above it."""
        asked_for = self["shows_person"].value() == self.instance.Person.RECOGNIZABLE
        return asked_for or any(field.errors for field in self.folded_fields)


class ClinicDocumentForm(RetainedUploadMixin, BaseDocumentForm):
    """A document's form."""

    warning = NO_PATIENTS
