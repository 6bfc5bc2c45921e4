"""The gate that holds back results without a basis."""

from evidence.bare_results import misplaced_results
from evidence.models import Fact
from publishing.exceptions import PublishingBlocked


def require_basis(page):
    """Raise PublishingBlocked where a result without a basis stands where it must not; see `evidence.bare_results`."""
    misplaced = misplaced_results(page, list(Fact.objects.without_basis()))
    if misplaced:
        places = "; ".join(
            f"“{fact.value}” in “{label}”, from the fact “{fact.name}”" for fact, _name, label in misplaced
        )
        raise PublishingBlocked(
            page,
            f"a figure of results does not say yet what it rests on: {places}. In the fact, choose a source or fill in "
            "how many people, over which period, and by which measure; or take the figure out here.",
            place=misplaced[0][1],
        )
