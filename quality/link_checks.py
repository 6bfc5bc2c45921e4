"""The job that checks links: a few in each round, each about once a week."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from jobs.runner import JobRound
from quality.link_inventory import write_inventory
from quality.local_links import check_local
from quality.models import CheckedLink
from quality.outcomes import Kind, Outcome
from quality.public_addresses import RefusedAddress, host_of, read_url
from quality.web_client import WebClient

JOB_NAME = "Links"
MAX_LINKS_A_ROUND = 5  # to other sites; a round comes once a minute
MAX_LOCAL_LINKS_A_ROUND = 50
# No other link is begun after it: publishing on schedule waits for this job.
SECONDS_A_ROUND = 10
EVERY = timedelta(days=7)
# After the first failure, the second, and so on; the last goes on.
BACK_OFF = [timedelta(days=1), timedelta(days=1), timedelta(days=2), timedelta(days=4), EVERY]
DEAD_AFTER = timedelta(hours=23)  # of failing, at the second try: a day, less what rounds are late

State = CheckedLink.State
_inventory_of: tuple[int | None, int | None] | None = None


def check_links(job_round: JobRound, client: WebClient | None = None) -> None:
    """One round: what stands on the site, where something was changed; then the links that are due."""
    global _inventory_of
    now = _newest_changes()
    if now != _inventory_of:
        write_inventory()
        # Whatever was changed, a place that a link leads to may be another one.
        CheckedLink.objects.filter(is_local=True).update(next_check_at=timezone.now())
        _inventory_of = now
    for link in CheckedLink.objects.due().filter(is_local=True)[:MAX_LOCAL_LINKS_A_ROUND]:
        job_round.attempt(f"quality.checkedlink:{link.pk}", link.url, check_one, link, None)
    if settings.CHECK_LINKS:
        client = client or WebClient()
        end = timezone.now() + timedelta(seconds=SECONDS_A_ROUND)
        for link in _one_of_each_host():
            if timezone.now() > end:
                break
            job_round.attempt(f"quality.checkedlink:{link.pk}", link.url, check_one, link, client, atomic=False)


def _newest_changes() -> tuple[int | None, int | None]:
    """Changes with whatever staff change: the newest rows of the two logs."""
    pages = PageLogEntry.objects.aggregate(newest=Max("pk"))["newest"]
    return pages, ModelLogEntry.objects.aggregate(newest=Max("pk"))["newest"]


def _one_of_each_host() -> list[CheckedLink]:
    """The links to other sites that are due: a few, and no two of one site in a round."""
    chosen: dict[str, CheckedLink] = {}
    for link in CheckedLink.objects.due().filter(is_local=False)[: 10 * MAX_LINKS_A_ROUND]:
        try:
            host = host_of(read_url(link.url))
        except RefusedAddress:
            host = link.url
        chosen.setdefault(host, link)
        if len(chosen) == MAX_LINKS_A_ROUND:
            break
    return list(chosen.values())


def check_one(link: CheckedLink, client: WebClient | None) -> None:
    """Check a link, and write down what was found and when to look again."""
    outcome = client.check(link.url) if client else check_local(link.url)
    if client and outcome.kind is Kind.FAILS and link.failing_since and not _reaches_others(link, client):
        link.record(next_check_at=timezone.now() + BACK_OFF[0])  # the failure is ours
        return
    write_outcome(link, outcome)


def _reaches_others(link: CheckedLink, client: WebClient) -> bool:
    """
    Whether this machine reaches other sites at all: asked of a link that worked, before another one is called dead.

    Without it, a server behind a closed firewall would call every link of the site dead.
    """
    others = CheckedLink.objects.filter(is_local=False).exclude(pk=link.pk)
    control = others.filter(state=State.WORKS).order_by("-checked_at").first()
    return client.check(control.url).kind is not Kind.FAILS if control else not others.exists()


def write_outcome(link: CheckedLink, outcome: Outcome) -> None:
    """
    Keep what a check has found.

    A link is dead at once where the answer says that there is nothing, else when it fails again a day
    later: a site that is down for an hour is no task for anybody.
    """
    now = timezone.now()
    if outcome.kind in {Kind.WORKS, Kind.UNCLEAR}:
        state = State.WORKS if outcome.kind is Kind.WORKS else State.UNCLEAR
        link.record(state=state, reason=outcome.reason, failing_since=None, failures=0, next_check_at=now + EVERY)
        return
    since = link.failing_since or now
    is_dead = outcome.kind is Kind.GONE or link.state == State.DEAD or now - since >= DEAD_AFTER
    link.record(
        state=State.DEAD if is_dead else State.FAILING,
        reason=outcome.reason,
        failing_since=since,
        failures=link.failures + 1,
        next_check_at=now + BACK_OFF[min(link.failures, len(BACK_OFF) - 1)],
    )
