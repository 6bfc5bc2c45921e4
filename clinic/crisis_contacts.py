"""The numbers that help in a crisis: templates/components/crisis_contacts.html shows them wherever the site does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CrisisContact:
    """Whom to call, and to text where that is possible; `press` is the key to press after the call is taken."""

    call: str
    text: str = ""
    press: str = ""


CRISIS_CONTACTS = {
    "lifeline": CrisisContact(call="988", text="988"),  # the Suicide and Crisis Lifeline
    "veterans": CrisisContact(call="988", press="1", text="838255"),  # the Veterans Crisis Line
    "emergency": CrisisContact(call="911"),
}
