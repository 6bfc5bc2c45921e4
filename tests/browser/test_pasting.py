"""Pasting from Word, Google Docs or a web page keeps what the text means, and says what it leaves out."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk_in_a_browser import from_page, short_answer

pytestmark = pytest.mark.browser

PASTE = """(element, [html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  if (html) clipboardData.setData("text/html", html);
  element.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, composed: true, clipboardData}));
}"""

WORD_LIST = (
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
    "{}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>{}</p>"
)
# {what is pasted: (HTML, the lines in the short answer, a part of what is said of it)}
RICH = {
    "raised figures": (
        "<p>about 10<sup>5</sup> cells, see note<sup>1</sup></p>",
        ["about 10⁵ cells, see note¹"],
        "",
    ),
    "raised figures of Google Docs": (
        "<b style='font-weight:normal' id='docs-internal-guid-1'><p><span>2.5 × 10</span>"
        "<span style='font-size:0.6em;vertical-align:super'>-3</span><span> g in H</span>"
        "<span style='font-size:0.6em;vertical-align:sub'>2</span><span>O</span></p></b>",
        ["2.5 × 10⁻³ g in H₂O"],
        "",
    ),
    "marks of several notes": ("<p>safe<sup>1, 2</sup>, the 1<sup>st</sup> day</p>", ["safe¹, ², the 1st day"], ""),
    "raised figures without characters": (
        "<p>10<sup>0.5</sup>, 10<sup>5,6</sup>, x<sup>a</sup>, T<sub>max</sub></p>",
        ["10^(0.5), 10^(5,6), x^a, T_(max)"],
        "marked with “^”",
    ),
    "headings": ("<h2>Before</h2><p>Eat.</p><h6>After</h6>", ["Before", "Eat.", "After"], "Headings became bold lines"),
    "a table": (
        "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td><p>A</p><p>B</p></td><td>0.5 <i>mg</i></td></tr></table>",
        ["Drug | Dose", "A B | 0.5 mg"],
        "with “|” between its cells",
    ),
    "a table for layout": ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", ["One", "Two"], ""),
    "a list of Word": (
        WORD_LIST.format("1.", "Eat") + WORD_LIST.format("2.", "Drink") + WORD_LIST.format("·", "Rest"),
        ["1) Eat", "2) Drink", "– Rest"],
        "",
    ),
    "a list": ("<ol start=3><li>Eat</li><li>Drink</li></ol><p>7. Rest</p>", ["3) Eat", "4) Drink", "7) Rest"], ""),
    "pictures and videos": (
        "<p>See <img src='file:///c:/a.png' width=90 height=90></p><iframe src='about:blank'></iframe>",
        ["See"],
        "Not pasted: 1 picture, 1 video",
    ),
    "crossed out": ("<p><s>10 mg</s> 20 mg</p>", ["10 mg 20 mg"], "No longer crossed out, so check it: “10 mg”"),
    "lines without a form": ("", ["3) Eat", "4) Drink"], ""),
}


@pytest.fixture
def form(desk):
    """The form of a new question."""
    from_page(desk, "/faq/", "Add a child page")
    short_answer(desk).click()
    desk.complaints.clear()
    yield desk
    # A form that is not complete is not saved by itself, which the browser reports.
    desk.complaints[:] = [text for text in desk.complaints if "400 (Bad Request)" not in text]


def test_what_is_pasted_into_the_short_answer_keeps_its_meaning(form):
    editor = short_answer(form)
    for name, (html, lines, said) in RICH.items():
        editor.press("ControlOrMeta+a")
        editor.press("Delete")
        editor.evaluate(PASTE, [html, "3. Eat\n4. Drink"])
        blocks = editor.locator("[data-block=true]")
        expect(blocks, name).to_have_count(len(lines))
        shown = [text.strip().replace("\xa0", " ") for text in blocks.all_inner_texts()]
        assert shown == lines, name
        note = form.locator("[data-pasted]")
        expect(note, name).to_contain_text(said) if said else expect(note.filter(has_text="."), name).to_have_count(0)


def test_headings_of_a_pasted_text_are_bold(form):
    short_answer(form).evaluate(PASTE, ["<h2>Before you come</h2><p>Eat.</p>", "Before you come Eat."])
    bold = "text => getComputedStyle(text).fontWeight"
    assert int(short_answer(form).get_by_text("Before you come").evaluate(bold)) >= 600
    assert int(short_answer(form).get_by_text("Eat.").evaluate(bold)) < 600


PLAIN = {
    "raised figures": ("<p>10<sup>5</sup> cells</p>", "105 cells", "10⁵ cells"),
    "two paragraphs": ("<p>10<sup>5</sup></p><p>H<sub>2</sub>O</p>", "105\nH2O", "10⁵ H₂O"),
    "a note of Google Docs": ("<span>note</span><span style='vertical-align:super'>1</span>", "note1", "note¹"),
}


def test_plain_fields_take_raised_figures_as_characters(form):
    title = form.get_by_role("textbox", name="Question")
    for name, (html, text, expected) in PLAIN.items():
        title.fill("")
        title.click()
        title.evaluate(PASTE, [html, text])
        expect(title, name).to_have_value(expected)
    words = form.get_by_role("textbox", name="In patients’ words")
    words.click()
    words.evaluate(PASTE, PLAIN["two paragraphs"][:2])
    expect(words).to_have_value("10⁵\nH₂O")


def test_an_ordinary_paste_from_the_clipboard_is_left_to_the_browser(form):
    title = form.get_by_role("textbox", name="Question")
    title.fill("May I drink tea?")
    title.press("ControlOrMeta+a")
    title.press("ControlOrMeta+c")
    short_answer(form).click()
    short_answer(form).press("ControlOrMeta+v")
    expect(short_answer(form)).to_have_text("May I drink tea?")


def test_a_text_of_the_full_answer_keeps_lists_and_links(form):
    answer = form.get_by_role("region", name="Answer")
    answer.get_by_role("button", name="Insert a block").last.click()
    form.get_by_role("option", name="Text", exact=True).click()
    editor = answer.locator("[data-draftail-editor] [contenteditable=true]").last
    html = "<p>See <a href='https://example.org/'>this</a>.</p><ul><li>uno</li><li>due</li></ul>"
    editor.evaluate(PASTE, [html, "See this.\nuno\ndue"])
    expect(editor.locator("li")).to_have_text(["uno", "due"])
    expect(answer.locator("[data-pasted]").filter(has_text="Not pasted")).to_have_count(0)
