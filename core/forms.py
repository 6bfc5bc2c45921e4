"""Forms through which pictures and documents come in, the same at every door."""

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from core.models.media import NO_DECISION

NO_PATIENTS = "Do not enter patient information: no names, no dates of treatment, nothing that says who is a patient."


class PictureForm(BaseImageForm):
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


class DocumentForm(BaseDocumentForm):
    """A document's form."""

    warning = NO_PATIENTS
