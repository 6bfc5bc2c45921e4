"""
Keeps what staff type into the forms of records and settings until they save it.

Pages have drafts for that. Here the browser sends the form while somebody types
(core/static/core/autosave.js); whoever opens the form again finds it as they left it. What is kept
is theirs alone: the record changes only when they save.
"""

from urllib.parse import urlencode

from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.admin.utils import get_valid_next_url_from_request

NAME = "drop forgotten autosaves"
LARGEST = 500_000  # characters of a kept form; the clinic's own settings have a few thousand
# Of a form, not of what somebody typed.
OWN = ("csrfmiddlewaretoken", "next")


def autosaves():
    """The manager of `core.models.Autosave`, which cannot be imported here: models have these forms."""
    return apps.get_model("core.Autosave").objects


class AutosavedForm(WagtailAdminModelForm):
    """A form that opens as this person left it, where they left it unsaved."""

    # When what it shows was typed; None where it shows what is saved.
    kept_at = None

    def __init__(self, data=None, *args, instance=None, for_user=None, **kwargs):
        self.autosaves = autosaves().none()
        if for_user and not for_user.is_anonymous:
            self.autosaves = autosaves().of(for_user, instance or self._meta.model())
        kept = self.autosaves.first() if data is None else None
        super().__init__(kept.querydict if kept else data, *args, instance=instance, for_user=for_user, **kwargs)
        self.kept_at = kept and kept.kept_at

    def save(self, commit=True):
        saved = super().save(commit)
        if commit:
            self.autosaves.delete()
        return saved


class AutosavePanel(Panel):
    """Stands on top of an autosaved form: says what was never saved, and how what is typed is kept."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/autosave.html"

        def get_context_data(self, parent_context=None):
            record = [self.instance._meta.app_label, self.instance._meta.model_name]
            # Not of the instance: a form in error has written on it what was typed.
            record += [self.instance.pk] if self.instance.pk else []
            drop = f"{reverse('autosave_drop', args=record)}?{urlencode({'next': self.request.path})}"
            urls = {"keep_url": reverse("autosave_keep", args=record), "drop_url": drop}
            return super().get_context_data(parent_context) | urls


def _record(request, app_label, model_name, pk):
    """The record whose form is sent, or a new one; raises Http404 and PermissionDenied."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not issubclass(getattr(model, "base_form_class", None) or object, AutosavedForm):
        raise Http404
    if not request.user.has_perm(f"{app_label}.{'change' if pk else 'add'}_{model_name}"):
        raise PermissionDenied
    return get_object_or_404(model, pk=pk) if pk else model()


@require_POST
def keep(request, app_label, model_name, pk=None):
    """
    Keep the form that is sent, in place of what was kept of it; nothing is validated.

    An empty one means that everything stands again as it is saved. Answers {"kept": "4:12 PM"},
    {"kept": ""} where nothing is kept any more, or 413 where the form is too large.
    """
    record = _record(request, app_label, model_name, pk)
    form = request.POST.copy()
    for name in OWN:
        form.pop(name, None)
    if not form:
        autosaves().of(request.user, record).delete()
        return JsonResponse({"kept": ""})
    data = form.urlencode()
    if len(data) > LARGEST:
        return JsonResponse({}, status=413)
    autosaves().update_or_create(
        user=request.user,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk or "",
        defaults={"data": data, "kept_at": timezone.now()},
    )
    return JsonResponse({"kept": time_format(timezone.localtime())})


@require_POST
def drop(request, app_label, model_name, pk=None):
    """Forget what this person kept of a form, and lead back to it."""
    autosaves().of(request.user, _record(request, app_label, model_name, pk)).delete()
    messages.success(request, _("What you had typed is gone. This is what is saved."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def drop_forgotten(this):
    """Remove what nobody came back to, in a round; see `jobs.runner.JobRound`."""
    for kept in autosaves().forgotten():
        this.attempt(f"{kept._meta.label_lower}:{kept.pk}", str(kept), kept.delete)
