"""
How hard a text is to read: the Flesch–Kincaid grade, in years of US school.

    grade = 0.39 · words / sentences + 11.8 · syllables / words − 15.59

Source: Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas
for Navy enlisted personnel. Research Branch Report 8-75, Naval Technical Training, 1975.

Sentences end with a period, a question mark or an exclamation mark; a colon ends none.
"""

import re

# Each counts as two syllables: names, and the words for treatment, conditions and drugs that readers
# bring along and that no easier word replaces. Their length would hide how hard the rest is. A term
# that can be said more plainly (sedation, dissociation, hypersensitivity) does not belong here.
EXEMPT = frozenset(
    [
        *["california", "innerbloom", "luis", "obispo", "spravato"],
        *["anesthesia", "anesthetic", "antidepressant", "antidepressants", "benzodiazepine", "benzodiazepines"],
        *["esketamine", "fibromyalgia", "glutamate", "infusion", "infusions", "ketamine", "lamotrigine"],
        *["norepinephrine", "psychotherapy", "serotonin"],
    ]
)

# What the rules below miscount.
_IRREGULAR = {
    "appreciation": 5,
    "behavior": 3,
    "business": 2,
    "clothes": 1,
    "element": 3,
    "evening": 2,
    "every": 2,
    "everybody": 4,
    "everything": 3,
    "hundred": 2,
    "maybe": 2,
    "science": 2,
}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_END_OF_SENTENCE = re.compile(r"[.?!]+[\"”’)]*(?=\s|$)")
_COMPOUND = re.compile(r"(life|safe|some)(?=[bltw])")
_SUFFIX = re.compile(r"(.*[aeiouy].*)(?:ful|less|ly|ments?|ness)$")
# A final e, es or ed that nobody speaks; in "people", "couples" and "settled" it is spoken.
_SILENT = re.compile(r"(?<![^aeiouyl]l)(?:(?<=[^aeiouy])e|(?<=[^aeiouycghsxz])es|(?<=[^aeiouydt])ed)$")
_VOWELS = re.compile(r"[aeiouy]+")
# Places with one syllable more than there are groups of vowels.
_SPLIT = re.compile(
    r"(?<![cgst])ia(?!ge)|(?<![cglnstx])io|iet|(?<![cfst])ien|ie(?:rs?|st)$|(?<![gq])ua|[aeiouy]ing"
    r"|creat|react|area|idea|sms?$|[ds]n't$"
)


def words(text: str) -> list[str]:
    """The words of a plain text; each part of a hyphenated word is one."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a word has, nearly; a figure counts by its digits, an abbreviation by its letters."""
    if word.isdigit() or (len(word) > 1 and word.isupper()):
        return len(word)
    return _syllables(word.lower().replace("’", "'").removesuffix("'s"))


def _syllables(word: str) -> int:
    if word in EXEMPT:
        return 2
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if compound := _COMPOUND.match(word):
        return 1 + _syllables(word[compound.end() :])
    if stem := _SUFFIX.match(word):
        return _syllables(stem[1]) + 1
    word = _SILENT.sub("", word)
    return max(1, len(_VOWELS.findall(word)) + len(_SPLIT.findall(word)))


def grade(text: str) -> float | None:
    """The Flesch–Kincaid grade of a plain text: 8 is read with ease by a fourteen-year-old. None without words."""
    found = words(text)
    if not found:
        return None
    sentences = max(1, len(_END_OF_SENTENCE.findall(text)))
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
