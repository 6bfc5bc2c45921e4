"""Uploading pictures at the desk: what a file is called keeps nobody from adding it."""

import pytest
from playwright.sync_api import expect

from tests.pictures import plain

pytestmark = pytest.mark.browser


def file(name, content):
    return {"name": name, "mimeType": "", "buffer": content}


def test_many_pictures_are_sent_whatever_they_are_called_and_others_are_refused_with_advice(desk):
    desk.goto("/admin/images/multiple/add/")
    pictures = [file("courtyard", plain("PNG").read()), file("room.jfif", plain("JPEG").read())]
    desk.locator("#fileupload").set_input_files([*pictures, file("notes", b"Dear diary")])
    items = desk.locator("#upload-list > li")
    expect(items.filter(has_text="What would you tell someone on the phone?")).to_have_count(2)
    expect(items.filter(has_text="export it as a JPEG or PNG first")).to_have_count(1)
