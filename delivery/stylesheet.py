"""
Joins the component sheets into one and puts it into the page: no second request before the first paint.

The files below static/css/ are written as the browser reads them; their order is layers
first, then base sheets, then components by name. Comments and the space between rules are
left out on the way; addresses relative to a sheet become those of the collected files.
A page carries only the rules whose classes stand on it (docs/decisions/0005): components cost
nothing where they are not used, and nobody has to say where they are.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe

BASE = ["layers.css", "fonts.css", "tokens.css", "base.css", "layout.css"]
GROUPS = ("@layer", "@media", "@supports")
CLASSES_OF_PAGE = re.compile(r'\bclass="([^"]*)"')
CLASSES_OF_SELECTOR = re.compile(r"\.([a-zA-Z_][\w-]*)")
KEYFRAMES = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")
IN_BRACKETS = re.compile(r"\([^()]*\)")


def sources():
    """The sheets in their order, as paths."""
    folder = settings.BASE_DIR / "static" / "css"
    return [*(folder / name for name in BASE), *sorted((folder / "components").glob("*.css")), folder / "utilities.css"]


def joined():
    """The whole style sheet as text."""
    css = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").replace(": ", ":")
    css = re.sub(r'url\("(?:\.\./)+([^"]+)"\)', lambda found: f'url("{static(found[1])}")', css).strip()
    # On paper an address of this site needs the name of the site; only the settings know it.
    return f'{css}@media print{{:root{{--site:"{urlsplit(settings.SITE_URL).netloc}"}}}}'


def rules(css):
    """
    The rules of a sheet as `joined` writes it: pairs of what stands before the braces and what stands in them.

    What stands in them is text, or for rules that hold rules (GROUPS) a list of such pairs; it is
    None for a statement without braces. No text of ours has a brace in quotation marks.
    """
    found, position = [], 0
    while start := re.compile(r"([^{};]*)([{;])").match(css, position):
        before, opening = start.groups()
        position = start.end()
        if opening == ";":
            found.append((before, None))
            continue
        depth, begin = 1, position
        while depth:
            depth += {"{": 1, "}": -1}.get(css[position], 0)
            position += 1
        inside = css[begin : position - 1]
        found.append((before, rules(inside) if before.startswith(GROUPS) else inside))
    return found


def used(rules, classes):
    """The text of those rules that can apply where only `classes` stand; `classes` is a set of names."""
    text = ""
    for before, inside in rules:
        if inside is None:
            text += f"{before};"
        elif isinstance(inside, list):
            within = used(inside, classes)
            text += f"{before}{{{within}}}" if within else ""
        elif before.startswith("@"):
            text += f"{before}{{{inside}}}"
        elif selectors := [selector for selector in _selectors(before) if _classes(selector) <= classes]:
            text += f"{','.join(selectors)}{{{inside}}}"
    return text


def _selectors(text):
    """The selectors of a list; a comma within brackets parts none."""
    selectors, depth = [""], 0
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            selectors.append("")
        else:
            selectors[-1] += sign
    return selectors


def _classes(selector):
    """The classes without which a selector finds nothing; what stands in brackets, as in `:not()`, may be absent."""
    while (shorter := IN_BRACKETS.sub("", selector)) != selector:
        selector = shorter
    return set(CLASSES_OF_SELECTOR.findall(selector))


@lru_cache(maxsize=1)
def _read_once():
    return joined()


@lru_cache(maxsize=1)
def _sheet(css):
    """The rules of the sheet, and all classes that it names."""
    return rules(css), frozenset(CLASSES_OF_SELECTOR.findall(css))


@lru_cache(maxsize=256)
def _used_once(css, classes):
    text = used(_sheet(css)[0], classes)
    return KEYFRAMES.sub(lambda motion: motion[0] if len(re.findall(rf"\b{motion[1]}\b", text)) > 1 else "", text)


def stylesheet():
    """The whole style sheet, for a preview that may show anything; read once a process, with DEBUG on every time."""
    css = joined() if settings.DEBUG else _read_once()
    return mark_safe(css)  # noqa: S308  (our own files)


def stylesheet_for(html):
    """The part of the style sheet that a page as HTML needs."""
    css = str(stylesheet())
    classes = {name for names in CLASSES_OF_PAGE.findall(html) for name in names.split()}
    return mark_safe(_used_once(css, _sheet(css)[1] & classes))  # noqa: S308  (our own files)
