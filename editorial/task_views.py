"""The to-do list: a panel on the admin's home, and the whole list among the reports."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from editorial.models import ToDo
from editorial.task_list import STAGES, TASK_KINDS, first_of, tasks_for


def _groups(tasks):
    """[(kind, heading, tasks)] for the template of the whole list."""
    return [(kind, TASK_KINDS[kind][0], found) for kind, found in tasks.items()]


def _stages(tasks):
    """[(heading, the first tasks, [(kind, its heading, how many there are) of those with more])] of each stage."""
    first = first_of(tasks)
    stages = []
    for name, heading in STAGES.items():
        kinds = [kind for kind in tasks if TASK_KINDS[kind][1] == name]
        shown = [task for kind in kinds for task in first.get(kind, [])]
        more = [kind for kind in kinds if len(tasks[kind]) > len(first.get(kind, []))]
        if kinds:
            stages.append((heading, shown, [(kind, TASK_KINDS[kind][0], len(tasks[kind])) for kind in more]))
    return stages


class ToDoPanel(Component):
    """The most urgent tasks, and how many there are."""

    name = "to_do"
    order = 225  # below what colleagues wait for, which Wagtail puts at 220
    template_name = "editorial/admin/tasks_panel.html"

    def __init__(self, user):
        self.tasks = tasks_for(user)

    def get_context_data(self, parent_context=None):
        return {
            "stages": _stages(self.tasks),
            "number": sum(len(tasks) for tasks in self.tasks.values()),
            "all_url": reverse("to_do"),
        }


@require_safe
def to_do(request):
    """Every task of the person who asks, by kind; and what was ticked off lately."""
    tasks = tasks_for(request.user)
    return render(
        request,
        "editorial/admin/tasks.html",
        {
            "groups": _groups(tasks),
            "done": ToDo.objects.done().select_related("done_by")[:50],
            "page_title": "To do",
            "header_icon": "list-ul",
        },
    )


@require_POST
def tick_off(request):
    """Take a task off the list, with the name of who did it and when."""
    key = request.POST.get("key", "")
    task = next((task for tasks in tasks_for(request.user).values() for task in tasks if key and task.key == key), None)
    if task is None:
        messages.warning(request, "This task is no longer on your list.")
    else:
        ToDo.objects.tick_off(task.key, task.title, request.user)
        messages.success(request, f"Checked off: {task.title}.")
    return redirect("to_do")


@require_POST
def bring_back(request):
    """Put a task back on the list."""
    try:
        row = ToDo.objects.done().get(pk=request.POST.get("pk", ""))
    except (ToDo.DoesNotExist, ValueError, OverflowError):
        return HttpResponseBadRequest("No such task.")
    ToDo.objects.bring_back(row.key)
    messages.success(request, f"Back on the list: {row.title}.")
    return redirect("to_do")


@hooks.register("construct_homepage_panels")
def register_task_panel(request, panels):
    panels.append(ToDoPanel(request.user))


@hooks.register("register_admin_urls")
def register_task_urls():
    return [
        path("reports/to-do/", to_do, name="to_do"),
        path("reports/to-do/tick-off/", tick_off, name="to_do_tick_off"),
        path("reports/to-do/bring-back/", bring_back, name="to_do_bring_back"),
    ]


@hooks.register("register_reports_menu_item")
def register_task_menu_item():
    return MenuItem("To do", reverse("to_do"), name="to-do", icon_name="list-ul", order=10)
