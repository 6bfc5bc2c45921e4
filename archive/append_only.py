"""Rows that are written once: evidence."""

from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses what would change or delete evidence."""

    def update(self, **values: Any) -> NoReturn:
        raise ValidationError(_("This is evidence: it is never changed."))

    def delete(self) -> NoReturn:
        raise ValidationError(_("This is evidence: it is never deleted."))


class AppendOnly(models.Model):
    """A row that is written once. Deleting a person or an account empties what points there, and nothing else."""

    # Nobody is kept from deleting a person because of what they once signed.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("This is evidence: it is never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValidationError(_("This is evidence: it is never deleted."))
