"""Fills in the forms of the desk as a browser does: what stands there is sent back, changed or not."""

from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html


def fields_of(desk, url):
    """The fields of the largest form of a page as {name: text}; blocks of texts are not among them."""
    response = desk.get(url, follow=True)
    assert response.status_code == 200, url
    forms = BeautifulSoup(response.content, "html.parser").find_all("form")
    largest = max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"])))
    return {name: text for name, text in querydict_from_html(str(largest)).items() if "__prefix__" not in name}


def send(desk, url, **changes):
    """Send the form of `url` with some fields changed; lists of dicts are rows of an inline panel."""
    data = fields_of(desk, url)
    for name, value in changes.items():
        if isinstance(value, list):
            data.update(nested_form_data({name: inline_formset(value)}))
        else:
            data[name] = value
    # The address that the form came from: some forms redirect to the one record they are about.
    return desk.post(desk.get(url, follow=True).request["PATH_INFO"], data, follow=True)


def messages_in(response):
    """What a form says is wrong, as one text."""
    return " ".join(
        element.get_text(" ", strip=True)
        for element in BeautifulSoup(response.content, "html.parser").select(
            ".error-message, .messages .error, .help-critical"
        )
    )
