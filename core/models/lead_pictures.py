"""The one picture that stands for a page: in its head, in lists and beside shared links."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class LeadPictureMixin(models.Model):
    """
    A page that may have a lead picture; see docs/decisions/0025-one-lead-picture.md.

    Its words for people who do not see it are those of the picture itself, so that they follow a better description.
    """

    lead_picture = models.ForeignKey(
        "media.ClinicImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="lead picture",
    )
    lead_caption = models.CharField("its caption", max_length=200, blank=True)

    picture_places = {"lead_picture": "lead"}

    lead_picture_panel = MultiFieldPanel(
        [
            FieldPanel(
                "lead_picture",
                help_text="Appears at the top of the page, in lists of articles, and beside links that people share. "
                "A photo from a phone will do. Without one, those lists show a flower.",
            ),
            FieldPanel("lead_caption", help_text="Shown below the picture on the page. You can leave it empty."),
        ],
        heading="Lead picture",
    )

    class Meta:
        abstract = True
