"""HTML as Markdown."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, NavigableString, PageElement, Tag

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *_HEADINGS,
    *["address", "article", "aside", "blockquote", "details", "div", "dl", "dt", "dd", "figure", "figcaption"],
    *["footer", "header", "hr", "li", "nav", "ol", "p", "section", "summary", "table", "ul"],
}
_LEFT_OUT = {"svg", "script", "style", "source", "button"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|]|&(?=#?\w+;))")
_LIKE_A_BLOCK = re.compile(r"^(\d+)([.)])(?=\s)|^([#+>~=-])", re.MULTILINE)


def markdown(html: str) -> str:
    """The text of a piece of HTML as CommonMark, with tables as GitHub writes them."""
    return "\n\n".join(_blocks(BeautifulSoup(html, "html.parser"))) + "\n"


def escaped(text: str) -> str:
    """Words that mean nothing but themselves."""
    return _no_block(_words(text))


def _words(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _no_block(text: str) -> str:
    """The text without lines that look like the beginning of a list or heading."""
    return _LIKE_A_BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", text)


def _inline(node: PageElement) -> str:
    if isinstance(node, Comment):
        return ""
    if isinstance(node, NavigableString):
        return _words(re.sub(r"\s+", " ", node))
    if not isinstance(node, Tag) or node.name in _LEFT_OUT:
        return ""
    if node.name == "br":
        return "\\\n"
    if node.name == "img":
        return f"![{_words(str(node['alt']))}]({_target(str(node['src']))})" if node.get("alt") else ""
    words = "".join(_inline(child) for child in node.children)
    if not words.strip():
        return words
    # Marks stand close to their words, else they are none.
    inner = words.strip()
    before, after = words.split(inner, 1)
    if node.name in {"b", "strong"}:
        inner = f"**{inner}**"
    elif node.name in {"i", "em", "cite"}:
        inner = f"*{inner}*"
    elif node.name == "a" and node.get("href") and not node.find_parent(class_="citation"):
        inner = f"[{inner}]({_target(str(node['href']))})"
    return f"{before}{inner}{after}"


def _target(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


def _blocks(parent: Tag) -> Iterator[str]:
    """The blocks within an element, each as Markdown."""
    run: list[str] = []
    for child in parent.children:
        if isinstance(child, Tag) and child.name in _BLOCKS:
            yield from _paragraph(run)
            yield from _block(child)
            run = []
        else:
            run.append(_inline(child))
    yield from _paragraph(run)


def _paragraph(run: list[str]) -> Iterator[str]:
    if words := "".join(run).strip():
        yield _no_block(words)


def _block(element: Tag) -> Iterator[str]:
    name = element.name
    if name in _HEADINGS:
        if words := _one_line(element):
            yield f"{'#' * _HEADINGS[name]} {words}"
    elif name in {"ul", "ol"}:
        items = element.find_all("li", recursive=False)
        rows = [_item(item, f"{number}. " if name == "ol" else "- ") for number, item in enumerate(items, start=1)]
        yield "\n".join(row for row in rows if row)
    elif name in {"summary", "dt"}:
        yield f"**{_one_line(element)}**"
    elif name == "blockquote":
        yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(element)).splitlines())
    elif name == "table":
        yield from _table(element)
    elif name == "hr":
        yield "---"
    else:
        yield from _blocks(element)


def _item(item: Tag, mark: str) -> str:
    lines = "\n\n".join(_blocks(item)).splitlines()
    return mark + "\n".join([*lines[:1], *(f"{' ' * len(mark)}{line}".rstrip() for line in lines[1:])]) if lines else ""


def _one_line(element: Tag) -> str:
    return " ".join(_inline(element).replace("\\\n", " ").split())


def _table(table: Tag) -> Iterator[str]:
    if caption := table.find("caption"):
        yield f"**{_one_line(caption)}**"
    rows = [[_one_line(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    if rows:
        rows.insert(1, ["---"] * len(rows[0]))
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
