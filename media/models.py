"""Pictures and documents of the clinic."""

import copy

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError
from wagtail.images.models import Image as WagtailImage

from media.image_intake import prepare_upload
from publishing.draft_references import usage_of
from text.control_characters import CleanTextMixin

NO_DECISION = "Say whether the picture shows a person."


class ClinicImage(CleanTextMixin, AbstractImage):
    """A picture with a decision on its alternative text, its rights, and no metadata left in its file."""

    class Person(models.TextChoices):
        """Whether somebody's consent is needed; empty where nobody has said yet."""

        NOBODY = "nobody", "No, nobody"
        RECOGNIZABLE = "recognizable", "Yes, and the person can be recognized"
        ANONYMOUS = "anonymous", "Yes, but nobody could tell who it is"

    description = models.CharField(
        "what would you tell someone on the phone?",
        max_length=255,
        blank=True,
        default="",
        help_text="One sentence for people who do not see the picture. “A reclining chair by a window,” "
        "not “picture of our room.”",
    )
    # Not "decorative": Wagtail sets that on every instance for the place where a picture stands.
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="Check this if the picture says nothing that the words around it do not.",
    )
    # No decision is assumed: empty on pictures that nobody has looked at with this question.
    shows_person = models.CharField(
        "does it show a person?",
        max_length=12,
        choices=Person,
        default="",
        help_text="It is not only about faces: a tattoo, a name on a form, or a room can give away who somebody is.",
        error_messages={"blank": NO_DECISION},
    )
    shows_models = models.BooleanField(
        "it shows models",
        default=False,
        help_text="Not patients or staff of the clinic. A line below the picture then says so, wherever it appears.",
    )
    rights_holder = models.CharField(
        "whose picture it is", max_length=120, blank=True, help_text="Who made it or owns it, shown as a credit."
    )
    rights_note = models.CharField(
        "consent and permission",
        max_length=255,
        blank=True,
        help_text="For staff: which license or signed consent lets you use it, when it was given, and where it is "
        "kept. Never write here that somebody is a patient.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "shows_person",
        "shows_models",
        "rights_holder",
        "rights_note",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        permissions = WagtailImage._meta.permissions

    @property
    def default_alt_text(self):
        """The words for people who do not see it; a file name or title is never one."""
        return "" if self.is_decorative else self.description

    def get_usage(self):
        """Where it is used, as Wagtail's views show it, drafts and scheduled versions included."""
        return usage_of(self)

    @property
    def needs_consent(self):
        """Whether somebody can be recognized, and no consent is on record."""
        return self.shows_person == self.Person.RECOGNIZABLE and not self.rights_note.strip()

    def clean(self):
        super().clean()
        self._take_in_upload()
        errors = {}
        if not self.is_decorative and not self.description:
            errors["description"] = (
                "Say what the picture shows, or check “decorative.” What would you tell someone on the phone?"
            )
        if self.needs_consent:
            errors["rights_note"] = (
                "Somebody can be recognized: say that they agreed in writing, when, and where the paper is kept."
            )
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        self._take_in_upload()
        super().save(*args, **kwargs)

    def _take_in_upload(self):
        """Replace a file just uploaded by a copy as the site keeps it; ValidationError on `file`."""
        if not self.file or self.file._committed:
            return
        try:
            kept = prepare_upload(self.file.file)
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        if kept is not self.file.file:
            self.file, self.file_size = kept, kept.size

    def get_renditions(self, *filters):
        """As Wagtail gives them; those whose file is gone are made anew. SourceImageIOError without an original."""
        found = super().get_renditions(*filters)
        gone = [spec for spec, row in found.items() if not row.file.storage.exists(row.file.name)]
        if gone:
            for spec in gone:
                found[spec].purge_from_cache()
            self.renditions.filter(filter_spec__in=gone).delete()
            made = self.create_renditions(*(Filter(spec=spec) for spec in gone))
            found.update({made_for.spec: row for made_for, row in made.items()})
        # Prefetched ones belong to another instance, which lacks the words of the place where this one stands.
        found = {spec: copy.copy(row) for spec, row in found.items()}
        for row in found.values():
            row.image = self
        return found

    def generate_rendition_file(self, filter, *, source=None):
        """As Wagtail does it; an original damaged on disk then counts as missing, and no page fails."""
        try:
            return super().generate_rendition_file(filter, source=source)
        except InvalidFilterSpecError:
            raise
        except Exception as error:  # decoders raise anything
            raise SourceImageIOError(str(error)) from error


class Rendition(AbstractRendition):
    """A picture in the size and format of one place."""

    image = models.ForeignKey(ClinicImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_a_filter")
        ]


def documents_storage():
    """Private storage: documents have no public address but the view that checks who asks."""
    return storages["documents"]


class ClinicDocument(CleanTextMixin, AbstractDocument):
    """A file for download, kept outside the public media folder."""

    file = models.FileField("file", upload_to="", storage=documents_storage)

    admin_form_fields = ("title", "file", "collection", "tags")

    def get_usage(self):
        """As `ClinicImage.get_usage`."""
        return usage_of(self)

    class Meta(AbstractDocument.Meta):
        permissions = WagtailDocument._meta.permissions
