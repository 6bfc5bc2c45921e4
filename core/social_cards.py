"""
The picture beside a link to a page that others share, drawn when it is published; see `core.cards`.

Its file lies in the media folder. It is named for what it says: another title, topic or name of the
clinic makes another file, and no cache goes on showing the old one.
"""

import hashlib
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from clinic.models import ClinicSettings
from core.cards import card
from core.models import BasePage
from core.page_models import page_models
from publishing.visibility import published

NAME = "draw social cards"
FOLDER = "cards/"
A_ROUND = 50  # cards; about a fifth of a second each


def keep(page):
    """Draw the card of a page, unless the one it has says the same; files of earlier ones go."""
    name = (ClinicSettings.objects.first() or ClinicSettings()).name or settings.WAGTAIL_SITE_NAME
    emblem = page.topics[0].emblem if page.topics else None
    digest = hashlib.sha256("\0".join([page.title, name, emblem or ""]).encode()).hexdigest()[:16]
    path = f"{FOLDER}{page.pk}-{digest}.png"
    if not default_storage.exists(path):
        forget(page.pk)
        path = default_storage.save(path, ContentFile(card(page.title, name, emblem)))
    type(page).objects.filter(pk=page.pk).update(social_card=path)


def forget(pk):
    """Remove all files drawn for the page of a primary key."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if name.startswith(f"{pk}-"):
            default_storage.delete(f"{FOLDER}{name}")


def keep_after_publishing(sender, instance, **kwargs):
    """Once the page is safe in the database; a card that fails never holds back its page."""
    if isinstance(instance, BasePage) and instance.live:
        transaction.on_commit(partial(_keep_current, instance), robust=True)


def _keep_current(page):
    page = type(page).objects.filter(pk=page.pk).first()
    if page:
        keep(page)


def draw_anew(sender, **kwargs):
    """The name of the clinic, or of a topic its emblem, stands on many cards: the runner draws them."""
    for model in page_models().values():
        model.objects.exclude(social_card="").update(social_card="")


def forget_deleted(sender, instance, **kwargs):
    if isinstance(instance, BasePage):
        transaction.on_commit(partial(forget, instance.pk), robust=True)


def keep_missing(this):
    """Draw the cards of pages that lack one, in a round; see `jobs.runner.JobRound`."""
    left = A_ROUND
    for model in page_models().values():
        for page in published(model.objects.filter(social_card=""))[:left]:
            this.attempt(f"{page._meta.label_lower}:{page.pk}", page.title, keep, page)
            left -= 1
