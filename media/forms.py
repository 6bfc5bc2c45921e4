"""Forms for uploading pictures and documents, the same everywhere in the admin."""

import re
from pathlib import Path

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.template.defaultfilters import pluralize
from django.utils.datastructures import MultiValueDict
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import UploadedFile

from media.image_intake import prepare_upload
from media.models import NO_DECISION

FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
NO_PATIENTS = "Do not enter patient information: no names, no dates of treatment, nothing that says who is a patient."


class PictureField(WagtailImageField):
    """The file of a picture: taken in first, so that Wagtail checks what is kept, not what it was called."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.help_text = (
            "JPEG, PNG, HEIC, WebP, AVIF, GIF, TIFF, or BMP, whatever the file is called, up to "
            f"{self.max_upload_size_text}. From a file with several pictures, such as an animation, only the "
            "first is kept."
        )

    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        return super().to_python(prepare_upload(file))


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


class AskedAgainMixin:
    """
    Asks again what was said of a picture when another file takes its place.

    What was said of the old file may be untrue of the new one, up to whose consent is on record: an
    answer that is sent unchanged with a new file is shown, taken out and asked for.
    """

    answers = ("description", "is_decorative", "shows_person", "shows_models", "rights_holder", "rights_note")
    is_replacing = False  # whether another file came
    stale: tuple = ()  # names of the answers that came unchanged with it

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields and self.instance.pk:
            self.fields["asked_again"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk or "file" not in self.changed_data or "file" in self.errors:
            return cleaned
        self.is_replacing = True
        self._file_before = {name: self.instance.__dict__[name] for name in ("file", "width", "height")}
        cleaned.update(dict.fromkeys(FOCAL_POINT))  # where the old file had its subject
        if not cleaned.get("asked_again"):
            self.stale = tuple(name for name in self.answers if self._is_unchanged(name))
        for name in self.stale:
            before = self._said_before(name)
            self.add_error(name, f"The file is new: answer this again for it. Before, it was: {before}")
        if self.stale and (places := self.instance.get_usage().count()):
            self.add_error(
                None,
                f"This picture is used {places} time{pluralize(places)}, and may be described there in other words. "
                "Look at each: see “Usage.”",
            )
        return cleaned

    def _is_unchanged(self, name):
        return bool(self.initial.get(name)) and self.cleaned_data.get(name) == self.initial[name]

    def _said_before(self, name):
        if self.initial[name] is True:
            return "checked."
        said = dict(self.fields[name].choices)[self.initial[name]] if name == "shows_person" else self.initial[name]
        return f"“{said}”"

    def full_clean(self):
        super().full_clean()
        if self.is_replacing and self._errors:
            self.instance.__dict__.update(self._file_before)  # else the page shows, and misses, the new one
            self.data = self.data.copy()
            for name in self.stale:
                self.data.pop(self.add_prefix(name), None)
            self.data[self.add_prefix("asked_again")] = "yes"


class ClinicImageForm(AskedAgainMixin, RetainedUploadMixin, BaseImageForm):
    """A picture's form: rights and consent are folded away until they are asked for."""

    warning = f"{NO_PATIENTS} Pictures on this site are public."
    folded_names = ("rights_holder", "rights_note")
    folded_after = "shows_models"
    folded_heading = "Rights and consent"

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "shows_person": forms.RadioSelect}
        error_messages = {"shows_person": {"required": NO_DECISION}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, max_length=file.max_length, widget=file.widget
            )

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
