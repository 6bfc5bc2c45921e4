"""The numbers that help in a crisis: templates/components/crisis_contacts.html shows them wherever the site does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CrisisContact:
    """
    Whom to call, and to text where that is possible.

    `press` is the key to press after the call is taken, `keyword` the word to text.
    """

    call: str
    text: str = ""
    press: str = ""
    keyword: str = ""

    @property
    def call_address(self) -> str:
        """The number as a `tel:` link takes it: short ones as they are, others with the country."""
        digits = self.call.replace("-", "")
        return f"+{digits}" if len(digits) > 3 else digits


CRISIS_CONTACTS = {
    "lifeline": CrisisContact(call="988", text="988"),  # the Suicide and Crisis Lifeline
    "lifeline_es": CrisisContact(call="988", press="2", text="988", keyword="AYUDA"),  # the same, in Spanish
    "veterans": CrisisContact(call="988", press="1", text="838255"),  # the Veterans Crisis Line
    "emergency": CrisisContact(call="911"),
    "poison": CrisisContact(call="1-800-222-1222"),  # Poison Help
    "domestic_violence": CrisisContact(call="1-800-799-7233", text="88788", keyword="START"),  # the National Hotline
    "sexual_assault": CrisisContact(call="1-800-656-4673"),  # RAINN
}
