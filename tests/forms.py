"""Fills in the forms of the desk as a browser does: what stands there is sent back, changed or not."""

from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html


def fields_of(desk, url):
    """The fields of the largest form of a page as {name: text}; blocks of texts are not among them."""
    response = desk.get(url, follow=True)
    assert response.status_code == 200, url
    return fields_in(response)


def fields_in(response):
    """As `fields_of`, of the page that was just answered."""
    fields = querydict_from_html(str(_largest_form(response)))
    return {name: text for name, text in fields.items() if "__prefix__" not in name}


def main_button(response):
    """{name: value} of the first button of the form; one without a name saves."""
    button = _largest_form(response).select_one("footer button[type=submit]")
    return {button["name"]: button["value"]} if button and button.get("name") else {}


def _largest_form(response):
    forms = BeautifulSoup(response.content, "html.parser").find_all("form")
    return max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"])))


def send(desk, url, **changes):
    """
    Send the form of `url` with some fields changed, by its first button.

    Lists of dicts are rows of an inline panel.
    """
    shown = desk.get(url, follow=True)
    data = {**fields_of(desk, url), **main_button(shown)}
    for name, value in changes.items():
        if isinstance(value, list):
            data.update(nested_form_data({name: inline_formset(value)}))
        else:
            data[name] = value
    # The address that the form came from: some forms redirect to the one record they are about.
    return desk.post(shown.request["PATH_INFO"], data, follow=True)


def messages_in(response):
    """What a form says is wrong, as one text."""
    return " ".join(
        element.get_text(" ", strip=True)
        for element in BeautifulSoup(response.content, "html.parser").select(
            ".error-message, .messages .error, .help-critical"
        )
    )
