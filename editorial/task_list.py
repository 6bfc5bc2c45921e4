"""The tasks of a person, by kind."""

from django.db.models import Q
from django.utils import timezone

from editorial.models import ToDo
from editorial.page_tasks import (
    UNCHECKED_AGE,
    broken_addresses,
    broken_links,
    comments,
    incomplete_people,
    old_drafts,
    orphans,
    reviews,
    unchecked,
)
from editorial.record_tasks import (
    bare_figures,
    incomplete_pictures,
    missing_mail,
    missing_settings,
    unsettled,
    unused_facts,
)

MAX_TASKS_ON_HOME = 10  # tasks on the admin's home
# In the order of urgency: what colleagues wait for, what readers meet at this moment, everything else.
STAGES = {"waiting": "Waiting for you", "readers": "Readers see this now", "later": "When there is time"}
# {kind: (heading, stage)}, in the order of urgency too.
TASK_KINDS = {
    "comment": ("Comments of colleagues", "waiting"),
    "review": ("Clinical reviews", "waiting"),
    "link": ("Links that lead nowhere", "readers"),
    "figure": ("Figures of results without a source", "readers"),
    "unreviewed": ("Not reviewed by a clinician", "readers"),
    "clinic": ("Missing about the clinic", "readers"),
    "person": ("People whose page lacks something", "readers"),
    "picture": ("Pictures that lack something", "later"),
    "mail": ("E-mail", "later"),
    "todo": ("To settle", "later"),
    "draft": ("Drafts older than 30 days", "later"),
    "orphan": ("Pages that nothing links to", "later"),
    "fact": ("Facts that no page states", "later"),
    "check": ("Not changed or checked for a year", "later"),
}
TASK_SOURCES = [
    comments,
    broken_links,
    broken_addresses,
    bare_figures,
    incomplete_pictures,
    missing_settings,
    incomplete_people,
    missing_mail,
    unsettled,
    reviews,
    old_drafts,
    orphans,
    unused_facts,
    unchecked,
]


def _ticked_off():
    """The keys of tasks that stay off the list."""
    lasting = Q(done_at__gt=timezone.now() - UNCHECKED_AGE) | ~Q(key__startswith="check:")
    return set(ToDo.objects.done().filter(lasting).values_list("key", flat=True))


def tasks_for(user):
    """All tasks of a person as {kind: [tasks]}, the most urgent kind first, none empty."""
    ticked_off = _ticked_off()
    found = {kind: [] for kind in TASK_KINDS}
    for source in TASK_SOURCES:
        for task in source(user):
            if not task.key or task.key not in ticked_off:
                found[task.kind].append(task)
    return {kind: tasks for kind, tasks in found.items() if tasks}


def first_of(tasks, number=MAX_TASKS_ON_HOME):
    """A few of `tasks_for`: one of each kind, then more of the most urgent."""
    counts = dict.fromkeys(list(tasks)[:number], 1)
    for kind in counts:
        spare = number - sum(counts.values())
        counts[kind] = min(len(tasks[kind]), 1 + spare)
    return {kind: tasks[kind][:count] for kind, count in counts.items()}
