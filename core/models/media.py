"""Pictures and documents of the clinic."""

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from core.metadata import without_metadata


class ClinicImage(AbstractImage):
    """A picture with a decision on its alternative text, its rights, and no metadata left in its file."""

    decorative = models.BooleanField(
        default=False, help_text="Tick when the picture says nothing that the words around it do not."
    )
    rights_holder = models.CharField(
        "rights", max_length=120, blank=True, help_text="Who made it or owns it, shown as a credit."
    )
    rights_note = models.CharField(
        "permission",
        max_length=255,
        blank=True,
        help_text="For staff: which license or consent lets you use it, and where it is kept.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "decorative",
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
        return "" if self.decorative else self.description

    def clean(self):
        super().clean()
        self._take_in_upload()
        if not self.decorative and not self.description:
            raise ValidationError(
                {
                    "description": "Say what the picture shows, or tick “decorative”. "
                    "What would you tell someone on the phone?"
                }
            )

    def save(self, *args, **kwargs):
        self._take_in_upload()
        super().save(*args, **kwargs)

    def _take_in_upload(self):
        """Replace a file just uploaded by a copy without metadata; ValidationError on `file`."""
        upload = self.file.file if self.file and not self.file._committed else None
        if upload is None or upload is getattr(self, "_taken_in", None):
            return
        try:
            self.file = self._taken_in = without_metadata(upload)
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        self.file_size = self._taken_in.size


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


class ClinicDocument(AbstractDocument):
    """A file for download, kept outside the public media folder."""

    file = models.FileField("file", upload_to="", storage=documents_storage)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        permissions = WagtailDocument._meta.permissions
