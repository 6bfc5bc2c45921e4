"""Which notice stands at the foot of a page, whatever has happened to the pages that hold it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclaimers.models import DisclaimerPage, DisclaimerVersion

BUILT_IN_TITLE = _("Medical disclaimer")
BUILT_IN_NOTICE = _(
    "Nothing on this site is medical advice or takes its place. The site diagnoses and treats nothing. "
    "Only a licensed medical professional who knows you and your history can advise you. "
    "The clinic is not responsible for what people do because of what they read here."
)


@dataclass(frozen=True)
class StandingNotice:
    """What a page shows: `notice` is stored rich text or plain words, `url` leads to the full text."""

    title: str
    notice: str
    url: str
    is_rich: bool = True


def _standing(version, request, url=None):
    return StandingNotice(version.title, version.notice, url or version.disclaimer.get_url(request))


def last_site_wide_version():
    """The newest effective version that ever applied everywhere, its page gone or not; or None."""
    return (
        DisclaimerVersion.objects.effective()
        .filter(scope=DisclaimerPage.Scope.EVERYWHERE)
        .order_by("-published_at", "-pk")
        .first()
    )


def versions_in_force(request):
    """The versions that stand at this moment, a list; asked once for all that a request wants to know of them."""
    if request is None:
        return list(DisclaimerVersion.objects.in_force())
    if not hasattr(request, "_versions_in_force"):
        request._versions_in_force = list(DisclaimerVersion.objects.in_force())
    return request._versions_in_force


def site_wide_notice_without_page(request=None):
    """What stands on every page where no published disclaimer does: the last one that did, or a built-in notice."""
    url = reverse("standing_notice")
    last = last_site_wide_version()
    if last:
        return _standing(last, request, url)
    return StandingNotice(BUILT_IN_TITLE, BUILT_IN_NOTICE, url, is_rich=False)


def notices_for(page, request, versions=None, fallback=None):
    """
    The notices that apply to a page (or to what is none: `None`), site-wide ones always among them.

    Where no published disclaimer applies everywhere, the last one that did still stands; were
    there never one, a built-in notice. Their full text is served without any page. `versions` are those in
    force and `fallback` what stands without a site-wide one, for who asks about many pages.
    """
    versions = versions_in_force(request) if versions is None else versions
    notices = [_standing(version, request) for version in versions if version.applies_to(page)]
    if not any(version.scope == DisclaimerPage.Scope.EVERYWHERE for version in versions):
        notices.insert(0, fallback or site_wide_notice_without_page(request))
    return notices
