"""Where pages stood that have been removed."""

from django.db import models


class FormerAddress(models.Model):
    """
    An address of a removed page, by the key that texts name it with.

    A redirect tells where the address leads, and knows nothing of the page; a link in a text names the
    page, and nothing of its address. Stays when the page is deleted, and goes when it is published again.
    """

    page_key = models.PositiveBigIntegerField(db_index=True)
    old_path = models.CharField(max_length=255)  # as `Redirect.old_path`

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]  # the first of a page is its own address, further ones are of its routes
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page_key", "old_path"], name="former_address_once")]

    def __str__(self) -> str:
        return self.old_path
