"""Who helps in which danger, the most urgent first."""

from clinic.crisis_contacts import CRISIS_CONTACTS, CrisisContact
from search.crisis.recognition import Danger

# Names of CRISIS_CONTACTS by the kind of danger. 988 and 911 are always among them.
BY_KIND = {
    "suicide": ("lifeline", "emergency"),
    "self-harm": ("lifeline", "emergency"),
    "harm-to-others": ("lifeline", "emergency"),
    "overdose": ("emergency", "poison", "lifeline"),
    "violence": ("emergency", "domestic_violence", "sexual_assault", "lifeline"),
    "medical": ("emergency", "poison", "lifeline"),
}


def contacts_for(danger: Danger) -> list[tuple[str, CrisisContact]]:
    """(name, contact) of who helps, the most urgent first; the Lifeline in the language of the query."""
    names = BY_KIND[danger.kind]
    if danger.is_spanish:
        names = tuple("lifeline_es" if name == "lifeline" else name for name in names)
    return [(name, CRISIS_CONTACTS[name]) for name in names]
