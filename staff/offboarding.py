"""
Offboarding: one action ends sign-in and sessions, unpublishes the person's page, and lists what
still mentions them. Bylines of what they wrote stay: that is history.
"""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from accounts.password_links import PasswordLinkView
from accounts.permissions import can_manage_user, is_administrator
from people.models import PersonPage
from publishing.draft_references import usage_of
from redirects.page_removal import redirect_removed_pages_to


def revoke_access(user, by):
    """No more sign-in; a password of no use ends every session, even should the account be opened again."""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    log(instance=user, action="wagtail.edit", user=by, data={"reason": "left"})


def unpublish_person(person, by):
    """Unpublish the page of a person, or what is scheduled of it; its old links lead to the team."""
    person.revisions.update(approved_go_live_at=None)
    if person.live:
        with redirect_removed_pages_to(person.get_parent()):
            person.unpublish(user=by)


def _identity(record):
    """Equal for a page and for the same page as the kind it is."""
    return ("page" if isinstance(record, Page) else record._meta.label), record.pk


def mentions(person, viewer):
    """What still names a person, drafts and scheduled versions too, as a list of {"title", "url", "ways"} by title."""
    urls = AdminURLFinder(viewer)
    found = {}
    for source, references in usage_of(person):
        ways = {
            _("Written by") if row.model_path.startswith("authorships.") else str(row.describe_source_field())
            for row in references
        }
        found[_identity(source)] = (source, ways)
    # Rows of bylines are not in the index until the page is saved again.
    for page in Page.objects.filter(authorships__person=person).distinct().specific():
        found.setdefault(_identity(page), (page, {_("Written by")}))
    rows = [
        {"title": getattr(source, "title", None) or str(source), "url": urls.get_edit_url(source), "ways": sorted(ways)}
        for source, ways in found.values()
        if source.pk != person.pk or not isinstance(source, Page)
    ]
    return sorted(rows, key=lambda row: row["title"])


class OffboardingView(WagtailAdminTemplateMixin, TemplateView):
    """Says what will happen, does it, and afterwards lists what is left to look at."""

    template_name = "staff/admin/offboarding.html"
    page_title = gettext_lazy("This person has left")
    header_icon = "logout"
    user = person = None

    def setup(self, request, *args, pk, kind, **kwargs):
        super().setup(request, *args, **kwargs)
        if not is_administrator(request.user):
            raise PermissionDenied
        if kind is PersonPage:
            self.person = get_object_or_404(PersonPage, pk=pk)
            self.user = self.person.user
        else:
            self.user = get_object_or_404(get_user_model(), pk=pk)
            self.person = PersonPage.objects.filter(user=self.user).first()

    def dispatch(self, request, *args, **kwargs):
        if self.user == request.user:
            messages.error(request, _("You cannot end your own access. Another administrator can."))
            return redirect("wagtailadmin_home")
        if self.user and not can_manage_user(request.user, self.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_done(self):
        has_access = self.user is not None and self.user.is_active
        is_public = self.person is not None and (self.person.live or self.person.approved_schedule)
        return not has_access and not is_public

    def get_page_subtitle(self):
        return self.person.title if self.person else get_user_display_name(self.user)

    def get_breadcrumbs_items(self):
        back = (
            {"url": reverse("wagtailadmin_pages:edit", args=[self.person.pk]), "label": self.get_page_subtitle()}
            if self.person
            else {"url": reverse("wagtailusers_users:edit", args=[self.user.pk]), "label": self.get_page_subtitle()}
        )
        return [*super().get_breadcrumbs_items(), back, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            account=self.user,
            person=self.person,
            name=self.get_page_subtitle(),
            is_done=self.is_done,
            mentions=mentions(self.person, self.request.user) if self.person else [],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        with transaction.atomic():
            if self.user:
                revoke_access(self.user, request.user)
            if self.person:
                unpublish_person(self.person, request.user)
        name = {"name": self.get_page_subtitle()}
        if self.user:
            messages.success(request, _("%(name)s has left the desk and the site.") % name)
        else:
            messages.warning(
                request,
                _(
                    "The page of %(name)s is off the site. No account is linked to it, so nobody was signed out: "
                    "if there is one, open it under Advanced, Users, and choose “This person has left” there."
                )
                % name,
            )
        return redirect(request.path)


@hooks.register("register_admin_urls")
def register_offboarding_urls():
    return [
        path("staff/<int:pk>/password-link/", PasswordLinkView.as_view(), name="password_link"),
        path("staff/<int:pk>/offboard/", OffboardingView.as_view(), {"kind": get_user_model()}, name="offboard_user"),
        path("people/<int:pk>/offboard/", OffboardingView.as_view(), {"kind": PersonPage}, name="offboard_person"),
    ]


@hooks.register("register_page_header_buttons")
def register_offboarding_button(page, user, view_name, next_url=None):
    """On the page of a person, for administrators."""
    if page.specific_class is PersonPage and is_administrator(user):
        url = reverse("offboard_person", args=[page.pk])
        yield Button(_("This person has left"), url=url, icon_name="logout", priority=55)
