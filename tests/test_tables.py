"""Tables of three columns and more: on a phone each row is a list whose cells say which column they are of."""

from bs4 import BeautifulSoup

from tests import factories


def table_of(client, columns, rows):
    value = {
        "caption": "Side by side",
        "columns": [{"type": kind, "heading": heading} for kind, heading in columns],
        "rows": [{"values": row} for row in rows],
    }
    page = factories.standard(body=[{"type": "table", "value": value}])
    return BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".table-scroll")


THREE = [("text", "What"), ("text", "Spray"), ("rich_text", "Vein & IV")]


def test_each_cell_of_three_columns_says_its_column(site, client):
    scroll = table_of(client, THREE, [["Given", "Into the nose", "<p>Into a vein</p>"]])

    assert [cell.get("data-label") for cell in scroll.select("tbody tr > *")] == [None, "Spray", "Vein & IV"]
    assert "table-scroll--stacks" in scroll["class"]


def test_two_columns_stay_side_by_side(site, client):
    scroll = table_of(client, THREE[:2], [["Given", "Into the nose"]])

    assert not scroll.select("[data-label]")
    assert "table-scroll--stacks" not in scroll["class"]


def test_a_table_says_which_cells_are_headings(site, client):
    table = table_of(client, THREE, [["Given", "Into the nose", ""], ["", "", ""]]).table

    assert [cell["scope"] for cell in table.select("thead tr > *")] == ["col"] * 3
    assert [cell.name for cell in table.select("tbody tr > *")] == ["th", "td", "td", "td", "td", "td"]


def test_a_cell_under_a_column_without_a_heading_has_no_label(site, client):
    scroll = table_of(client, [("text", ""), ("text", ""), ("text", "Vein")], [["Given", "Nose", "Arm"]])

    assert [cell.get("data-label") for cell in scroll.select("tbody tr > *")] == [None, None, "Vein"]
