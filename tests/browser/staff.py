"""Members of staff, and how often they click; `desk_of` in conftest.py brings them to the desk."""

import os
import re
import secrets
import subprocess
import sys

from playwright.sync_api import expect

from tests.browser.serving import BASE_DIR

PASSWORD = secrets.token_urlsafe(12)
# First name: (last name, groups). A publisher of a small clinic may do no more than this.
STAFF = {
    "Ada": ("Author", ["Authors"]),
    "Pia": ("Publisher", ["Publishers"]),
    "Olga": ("Office", ["Administrators"]),
    "Dan": ("Doctor", ["Authors"]),
}

# Whoever presses a button counts, in every window of a tab; what a script clicks does not.
COUNT_CLICKS = """
addEventListener("pointerdown", () => {
  sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1;
}, true);
"""


def email_of(name):
    return f"{name.lower()}@example.org"


def in_the_site(site, program):
    """Run a program with the models of the running site, as its manage.py would."""
    environment = {**os.environ, "DATA_DIR": str(site.data_dir), "SITE_URL": site.url}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", program]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


MAKE_ACCOUNTS = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for first_name, (last_name, groups) in {STAFF!r}.items():
    user = get_user_model().objects.create_user(
        email=first_name.lower() + "@example.org", password={PASSWORD!r}, first_name=first_name, last_name=last_name
    )
    user.groups.set(Group.objects.filter(name__in=groups))
"""

# Dan has a page on the team, and a question bears his name.
MAKE_DOCTOR = """
from django.contrib.auth import get_user_model
from core.models import Topic
from faq.models import FAQEntryPage, FAQIndexPage
from people.models import Authorship, PersonPage, TeamIndexPage
user = get_user_model().objects.get(email="dan@example.org")
person = PersonPage(title="Dr. Dan Doctor", slug="dan-doctor", role="Anesthesiologist", user=user)
TeamIndexPage.objects.get().add_child(instance=person)
question = FAQEntryPage(title="Who looks after me?", slug="who-looks-after-me", topic=Topic.objects.first())
question.short_answer = "<p>A doctor, during the whole infusion.</p>"
question.authorships.add(Authorship(person=person))
FAQIndexPage.objects.get().add_child(instance=question)
for page in (person, question):
    page.save_revision().publish()
"""


def make_accounts(site):
    """Everybody of STAFF may sign in."""
    in_the_site(site, MAKE_ACCOUNTS)


def come_to_the_desk(page, name):
    """Sign in. The clicks counted begin with the next one."""
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(email_of(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    page.context.add_init_script(COUNT_CLICKS)
    page.evaluate(COUNT_CLICKS)


def took(page, story, at_most):
    """Say how often the person has clicked since they came to the desk; more than `at_most` is too often."""
    number = page.evaluate("Number(sessionStorage.clicks ?? 0)")
    print(f"{story}: {number} clicks")
    assert 0 < number <= at_most, f"{story} took {number} clicks"
