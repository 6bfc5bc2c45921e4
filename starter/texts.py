"""Turning the texts and blocks of starter files into what Wagtail stores."""

import html
import re
import uuid

from bs4 import BeautifulSoup
from django.core.files import File

from media.models import ClinicImage
from starter.files import ContentReader

# The only sites that starter texts lead to: those of public agencies.
_PUBLIC_AGENCY = re.compile(r"https://(?:[a-z0-9-]+\.)+gov(?:/|$)")


class TextConverter(ContentReader):
    """Converts texts, whose tokens and links name records, pages and pictures by their keys."""

    def __init__(self, content):
        super().__init__(content)
        self.topics, self.references, self.facts, self.images = {}, {}, {}, {}
        self.safety_lines, self.lines_of_topics = {}, {}  # key -> record; slug of a topic -> key of its line
        self.pages = {}  # key -> page

    def rich(self, text):
        """A fragment of a text file as Wagtail stores rich text."""

        def fact_then_source(match):
            fact = self.find(self.facts, match["fact"], "fact")
            source = self.find(self.references, match["ref"], "reference")
            return match["token"] if fact.reference_id == source.pk else match[0]

        def token(match):
            kind, key = match["kind"], match["key"]
            if kind == "fact":
                return f'<embed embedtype="fact" id="{self.find(self.facts, key, "fact").pk}"/>'
            return f'<embed embedtype="reference" id="{self.find(self.references, key, "reference").pk}"/>'

        text = re.sub(
            r'(?P<token><fact\s+key="(?P<fact>[^"]*)"\s*/>)<ref\s+key="(?P<ref>[^"]*)"\s*/>', fact_then_source, text
        )
        text = re.sub(r'<(?P<kind>fact|ref)\s+key="(?P<key>[^"]*)"\s*/>', token, text)
        soup = BeautifulSoup(text.strip(), "html.parser")
        leftover = soup.find(["fact", "ref"])
        if leftover:
            raise self.error(f"cannot read {str(leftover)[:60]}")
        for link in soup.find_all("a"):
            href = link.get("href", "")
            if link.has_attr("page"):
                page = self.find(self.pages, link["page"], "page")
                link.attrs = {"id": str(page.pk), "linktype": "page"}
            elif href.startswith("sms:"):  # the editor cannot keep such a link
                link.unwrap()
            elif not href.startswith("tel:") and not _PUBLIC_AGENCY.match(href):
                raise self.error(f"cannot link to “{href}”")
        return soup.decode(formatter="minimal")

    def fill_stream(self, page, name, blocks):
        """Set a stream field from (type, value) pairs; what a form would refuse is refused."""
        stream = page._meta.get_field(name).stream_block
        raw = [_item(kind, value) for kind, value in filter(None, blocks)]
        value = stream.to_python(raw)
        stream.clean(value)
        setattr(page, name, value)

    def image(self, picture, alt):
        """The picture of that name, or None while nobody has drawn it."""
        path = self.content / "pictures" / f"{picture}.png"
        if not path.is_file():
            return None
        if picture not in self.images:
            with path.open("rb") as stream:
                title = picture.replace("-", " ").capitalize()
                image = ClinicImage(
                    title=title,
                    description=alt,
                    shows_person=ClinicImage.Person.NOBODY,
                    rights_note="Drawn for this site.",
                    file=File(stream, name=path.name),
                )
                image.save()
            self.images[picture] = image
        return self.images[picture]

    def door(self, data):
        page = self.find(self.pages, data["page"], "page")
        return "door", {"title": data["title"], "text": data["text"], "page": page.pk, "part": data.get("part", "")}

    def block(self, data):
        """A block as a (type, value) pair; None for a picture that is not there yet."""
        convert = getattr(self, f"block_{data.get('type')}", None)
        if convert is None:
            raise self.error(f"there is no kind of block “{data.get('type')}”")
        value = convert(data)
        return None if value is None else (data["type"], value)

    def block_paragraph(self, data):
        return self.rich(data["value"])

    def block_heading(self, data):
        if data["level"] not in (2, 3):
            raise self.error(f"heading “{data['text']}” has level {data['level']}")
        return {"text": data["text"], "level": f"h{data['level']}"}

    def block_callout(self, data):
        return {"urgency": data["urgency"], "title": data.get("title", ""), "text": self.rich(data["text"])}

    def block_steps(self, data):
        steps = [{"title": step["title"], "text": self.rich(step.get("text", ""))} for step in data["steps"]]
        return {"title": data.get("title", ""), "steps": [_item("item", step) for step in steps]}

    def block_timeline(self, data):
        points = []
        for point in data["points"]:
            time = point["time"]
            when = f'<fact key="{time["fact"]}"/>' if isinstance(time, dict) else html.escape(time, quote=False)
            points.append({"time": self.rich(f"<p>{when}</p>"), "text": self.rich(f"<p>{point['text']}</p>")})
        return {"title": data.get("title", ""), "points": [_item("item", point) for point in points]}

    def block_benefit_risk(self, data):
        return {"benefits": self.rich(data["benefits"]), "risks": self.rich(data["risks"])}

    def block_six_steps(self, data):
        return {"caption": self.rich(data["caption"])}

    def block_table(self, data):
        if any(len(row) != len(data["header"]) for row in data["rows"]):
            raise self.error(f"table “{data['caption']}” has a row of another length than its header")
        columns = [self.column(cells) for cells in zip(*data["rows"], strict=True)]
        return {
            "caption": data["caption"],
            "columns": [
                {"type": kind, "heading": heading} for heading, (kind, _) in zip(data["header"], columns, strict=True)
            ],
            "rows": [{"values": list(row)} for row in zip(*(values for _, values in columns), strict=True)],
        }

    def column(self, cells):
        """The kind of a column and its values: words, or rich text where a cell has tokens or links."""
        if not any("<" in cell for cell in cells):
            return "text", cells
        return "rich_text", [self.rich(f"<p>{cell}</p>") if cell else "" for cell in cells]

    def block_quote(self, data):
        return {"text": data["text"], "attribution": data.get("attribution", "")}

    def block_disclosure(self, data):
        return {"summary": data["summary"], "text": self.rich(data["text"])}

    def block_when_you_call(self, data):
        return ""  # its words stand in the clinic's settings

    block_way_there = block_when_you_call

    def block_figure(self, data):
        image, caption = self.image(data["picture"], data["alt"]), data.get("caption", "")
        if image is None:
            return None
        picture = {"image": image.pk, "decorative": False, "alt_text": data["alt"]}
        return {"image": picture, "caption": caption}


def _item(kind, value):
    """A child of a stream or list block as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
