"""Querysets of facts."""

from django.db.models import Q
from django.utils import timezone

from publishing.records import DraftableQuerySet


class FactQuerySet(DraftableQuerySet):
    """Facts by what they rest on."""

    def results(self):
        """Published figures of results."""
        return self.live().filter(kind=self.model.Kind.RESULT)

    def without_basis(self):
        """Published results that do not say what they rest on: those whose `has_basis` is false."""
        source = Q(reference__live=True, reference__is_retracted=False)
        counted = ~Q(sample_size="") & ~Q(period="") & ~Q(measure="")
        return self.results().exclude(source | counted)

    def past_date(self):
        """Published results that were to be counted again by now."""
        return self.results().filter(valid_until__lt=timezone.localdate())
