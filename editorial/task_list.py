"""The tasks of a person, by kind."""

from django.db.models import Q
from django.utils import timezone

from editorial.models import ToDo
from editorial.page_tasks import UNCHECKED_AGE, broken_links, old_drafts, orphans, unchecked, unreviewed
from editorial.record_tasks import bare_figures, incomplete_pictures, missing_settings, unsettled, unused_facts

MAX_TASKS_ON_HOME = 7  # tasks on the admin's home
# In the order of urgency.
TASK_KINDS = {
    "link": "Links that lead nowhere",
    "figure": "Figures of results without a source",
    "picture": "Pictures that lack something",
    "clinic": "Missing about the clinic",
    "todo": "To settle",
    "review": "Not yet reviewed by a clinician",
    "draft": "Drafts older than 30 days",
    "orphan": "Pages that nothing links to",
    "fact": "Facts that no page states",
    "check": "Not changed or checked for a year",
}
TASK_SOURCES = [
    broken_links,
    bare_figures,
    incomplete_pictures,
    missing_settings,
    unsettled,
    unreviewed,
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
