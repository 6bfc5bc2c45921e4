"""The jobs of the runner, each done by one runner at a time."""

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from jobs import mail
from jobs.exceptions import WorkRefused
from jobs.models import JobRun, QueuedMail

logger = logging.getLogger(__name__)
# (name, function): the function is given the round, and passes each piece of its work to `attempt`.
JOBS: list[tuple[str, Callable[["JobRound"], None]]] = []


def register_job(name: str, function: Callable[["JobRound"], None]) -> None:
    """Have the runner do a job in each of its rounds; an app calls this when it is ready."""
    if (name, function) not in JOBS:
        JOBS.append((name, function))


class Interrupted(Exception):
    """Raised in the middle of a round that must not go on."""


class JobRound:
    """One round of a job: pieces of work that succeed or fail alone."""

    def __init__(self, job: JobRun, stop: threading.Event) -> None:
        self.job, self.stop = job, stop
        self.failures: list[dict[str, str]] = []

    def attempt(self, label: str, title: str, work: Callable[..., object], *args: Any, atomic: bool = True) -> None:
        """
        Do a piece of work in a transaction of its own; whatever it raises is noted, and the rest goes on.

        `label` names what it is about ("app.model:primary key"), `title` is what staff call it.
        Work that waits for another machine says `atomic=False`: a transaction would hold locks while it waits.
        """
        if self.stop.is_set() or not self.job.renew():
            raise Interrupted
        try:
            with transaction.atomic() if atomic else contextlib.nullcontext():
                work(*args)
        except Exception as error:
            self.record_failure(label, title, error)

    def record_failure(self, label: str, title: str, error: Exception) -> None:
        """Keep a failure. The log hears of it once, not in every round."""
        reason, is_refusal = _in_words(error)
        known = [old for old in self.job.failures if (old["object"], old["reason"]) == (label, reason)]
        if not known:
            logger.error(
                "%s: “%s” (%s) failed. %s", self.job.name, title, label, reason, exc_info=None if is_refusal else error
            )
        since = known[0]["since"] if known else timezone.now().isoformat()
        self.failures.append({"object": label, "title": title, "reason": reason, "since": since})


def _in_words(error: Exception) -> tuple[str, bool]:
    """(reason, whether it is a refusal): why something failed, in words that staff can act on."""
    if isinstance(error, ValidationError):
        fields = getattr(error, "error_dict", {"__all__": error})
        texts = {name: " ".join(ValidationError(errors).messages) for name, errors in fields.items()}
        named = [text if name == "__all__" else f"{name.replace('_', ' ')}: {text}" for name, text in texts.items()]
        return " ".join(named), True
    if isinstance(error, WorkRefused):
        return str(error), True
    # The text of an unforeseen error is for the log: it may differ each time, and helps nobody at the desk.
    return f"An unexpected error ({type(error).__name__}); the website's log says more.", False


def run_job(name: str, function: Callable[[JobRound], None], stop: threading.Event) -> bool:
    """Do one round of a job, unless another runner is at it; False where the job as a whole failed."""
    job = JobRun.objects.take(name)
    if job is None:
        logger.debug("%s: another runner is at it.", name)
        return True
    job_round, outcome = JobRound(job, stop), {}
    try:
        function(job_round)
        outcome["last_succeeded_at"] = timezone.now()
    except Interrupted:
        job.release()
        return True
    except Exception as error:
        job_round.record_failure("", name, error)
    job.release(last_finished_at=timezone.now(), failures=job_round.failures, **outcome)
    return bool(outcome)


def run_jobs(stop: threading.Event | None = None) -> bool:
    """Do one round of every job until told to stop; False where one failed as a whole."""
    stop, well = stop or threading.Event(), True
    for name, function in JOBS:
        if stop.is_set():
            break
        try:
            well = run_job(name, function, stop) and well
        except Exception:  # the database is away, say: nothing can be written down
            logger.exception("%s could not run.", name)
            well = False
    return well


def send_mail(stop: threading.Event) -> None:
    """Send what mail is due, between two rounds of all jobs; where there is none, that costs one query."""
    try:
        if QueuedMail.objects.due().exists():
            run_job(mail.JOB_NAME, mail.send_due, stop)
    except Exception:  # the database is away, say: the next round of all jobs tells of it
        logger.debug("%s could not run.", mail.JOB_NAME, exc_info=True)
