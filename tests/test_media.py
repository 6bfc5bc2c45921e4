"""Pictures lose what the camera wrote, keep their words, never break a page; documents stay private."""

import json
import os
import time
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile
from wagtail.users.models import UserProfile

from media import image_intake as intake
from media.models import ClinicDocument, ClinicImage
from pages.models import StandardPage
from tests import factories
from tests.forms import fields_in
from tests.pictures import CAMERA, drawn, photo, plain

pytestmark = pytest.mark.usefixtures("media_of_its_own")


# --- The three doors through which pictures come in ---------------------------

# What staff answer about a picture in every test that is about something else.
NOBODY = {"shows_person": "nobody"}
# What the form for one file sends beside what is typed.
FRESH = {"waiting_file": ""}


def by_form(desk, file, **fields):
    """The form for one picture; gives (picture or None, the page that answers)."""
    response = desk.post(
        reverse("wagtailimages:add"), {"title": "Courtyard", "file": file, **NOBODY, **FRESH, **fields}
    )
    assert response.status_code in {200, 302}
    return ClinicImage.objects.first(), response.content.decode()


def by_many(desk, file, **fields):
    """The page for many pictures: the file first, then what the answer asks for."""
    response = desk.post(reverse("wagtailimages:add_multiple"), {"files[]": file, "title": "Courtyard"})
    assert response.status_code == 200
    answer = json.loads(response.content)
    if not answer["success"]:
        return None, answer["error_message"]
    waiting = answer["uploaded_file_id"]
    fields = {"title": "Courtyard", **NOBODY, **fields}
    fields = {f"uploaded-image-{waiting}-{name}": value for name, value in fields.items()}
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting])
    response = desk.post(url, fields)
    assert response.status_code == 200
    return ClinicImage.objects.first(), json.loads(response.content).get("form", "")


def by_chooser(desk, file, **fields):
    """The upload tab of the chooser in a page's editor."""
    fields = {"title": "Courtyard", "file": file, **NOBODY, **FRESH, **fields}
    fields = {f"image-chooser-upload-{name}": value for name, value in fields.items()}
    response = desk.post(reverse("wagtailimages_chooser:create"), fields)
    assert response.status_code == 200
    return ClinicImage.objects.first(), json.loads(response.content).get("htmlFragment", "")


DOORS = {"form": by_form, "many": by_many, "chooser": by_chooser}
every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
every_kind = pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])


def kept_bytes(folder="."):
    """{name: content} of every file in the media folder, waiting ones and renditions included."""
    root = Path(settings.MEDIA_ROOT)
    return {path.name: path.read_bytes() for path in (root / folder).rglob("*") if path.is_file()}


def originals():
    """The content of every picture kept."""
    return list(kept_bytes("original_images").values())


def is_upright(data):
    """Whether a picture of `photo` stands as it was seen: red above blue."""
    picture = Image.open(BytesIO(data)).convert("RGB")
    width, height = picture.size
    red, blue = picture.getpixel((width // 2, height // 4)), picture.getpixel((width // 2, height * 3 // 4))
    return height > width and red[0] > 200 > 100 > red[2] and blue[2] > 200 > 100 > blue[0]


# --- Metadata and orientation ------------------------------------------------


@every_kind
@every_door
def test_a_phone_picture_loses_place_and_camera_and_stands_upright(door, kind, desk):
    picture, _ = door(desk, photo(kind), description="A courtyard")
    picture.get_renditions(*(f"width-20|format-{kind}" for kind in ("jpeg", "png", "webp", "avif")))
    files = kept_bytes()
    assert len(files) >= 5
    for name, data in files.items():
        exif = Image.open(BytesIO(data)).getexif()
        assert CAMERA not in data, name
        assert not exif.get_ifd(0x8825), name
        assert is_upright(data), name
    assert (picture.width, picture.height) == (40, 80)


@every_kind
def test_a_picture_that_waits_for_its_description_has_lost_place_and_camera(kind, desk):
    desk.post(reverse("wagtailimages:add_multiple"), {"files[]": photo(kind)})
    (data,) = kept_bytes().values()
    assert UploadedFile.objects.count() == 1
    assert CAMERA not in data
    assert is_upright(data)


def upload_and_go_away(desk, hours_ago):
    """Leave a picture waiting for its description; gives the file."""
    desk.post(reverse("wagtailimages:add_multiple"), {"files[]": photo("JPEG")})
    file = Path(UploadedFile.objects.latest("pk").file.path)
    os.utime(file, (time.time() - hours_ago * 3600,) * 2)
    return file


def test_a_picture_that_nobody_came_back_to_is_gone_after_a_day(desk):
    old, new = upload_and_go_away(desk, 25), upload_and_go_away(desk, 23)
    call_command("runjobs", "--once")
    assert (old.exists(), new.exists()) == (False, True)
    assert [upload.file.path for upload in UploadedFile.objects.all()] == [str(new)]


def test_a_waiting_picture_whose_file_was_lost_is_forgotten(desk):
    upload_and_go_away(desk, 0).unlink()
    call_command("runjobs", "--once")
    assert not UploadedFile.objects.exists()


def test_a_photo_with_a_second_picture_inside_becomes_one_upright_jpeg(desk):
    file = photo("MPO", save_all=True, append_images=[drawn((40, 20))])
    picture, _ = by_form(desk, file, description="A courtyard")
    (data,) = originals()
    assert Image.open(BytesIO(data)).format == "JPEG"
    assert CAMERA not in data
    assert is_upright(data)
    assert picture.file.name.endswith(".jpg")


def test_what_is_written_beside_the_pixels_of_a_png_or_gif_is_lost(desk):
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Comment", "Patient Jane")
    words.add_itxt("XML:com.adobe.xmp", "<x>Patient Jane</x>")
    by_form(desk, plain("PNG", pnginfo=words), description="Drawn")
    by_form(desk, plain("GIF", mode="P", comment=b"Patient Jane"), description="Drawn")
    assert len(originals()) == 2
    assert not any(b"Patient" in data for data in kept_bytes().values())


def test_an_animation_keeps_its_first_picture(desk):
    file = plain("GIF", mode="P", save_all=True, append_images=[Image.new("P", (80, 40), 3)])
    by_form(desk, file, description="Drawn")
    (data,) = originals()
    assert getattr(Image.open(BytesIO(data)), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "RGBA"), ("WEBP", "RGBA")]
    + [("HEIF", "RGBA"), ("AVIF", "RGBA"), ("GIF", "P")],
)
def test_a_picture_of_any_usual_colors_can_be_shown(kind, mode, desk, client):
    picture, answer = by_form(desk, plain(kind, mode=mode), description="Drawn")
    assert picture, answer
    page = factories.article(body=figure(picture))
    client.logout()
    assert client.get(page.url).content.count(b"<picture>") == 1


def test_transparency_survives(desk):
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    output = BytesIO()
    image.convert("P").save(output, "PNG", transparency=0)
    picture, _ = by_form(desk, SimpleUploadedFile("clear.png", output.getvalue()), description="Nothing")
    with picture.file.open() as file:
        assert Image.open(file).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "GIF"])
def test_a_picture_larger_than_any_screen_is_made_smaller(kind, desk, monkeypatch):
    monkeypatch.setattr(intake, "MAX_SIDE_PIXELS", 50)
    file = plain("GIF", mode="P") if kind == "GIF" else photo(kind)
    picture, _ = by_form(desk, file, description="A courtyard")
    assert max(picture.width, picture.height) == 50
    assert picture.file_size == picture.file.size


def test_a_portrait_of_somebody_who_signs_in_loses_place_and_camera(db):
    profile = UserProfile.get_for_user(factories.administrator())
    profile.avatar = photo()
    profile.save()
    (data,) = kept_bytes().values()
    assert CAMERA not in data
    assert is_upright(data)


def test_a_portrait_of_somebody_who_signs_in_is_shown(client, db):
    profile = UserProfile.get_for_user(factories.administrator())
    profile.avatar = photo()
    profile.save()
    assert client.get(profile.avatar.url).status_code == 200


def test_a_damaged_portrait_is_left_out(db):
    profile = UserProfile.get_for_user(factories.administrator())
    profile.avatar = SimpleUploadedFile("me.jpg", photo(size=(400, 400)).read()[:1500])
    profile.save()
    assert kept_bytes() == {}
    assert not profile.avatar


# --- The decision on alternative text ----------------------------------------


@every_door
def test_a_picture_without_a_decision_on_its_description_is_asked_for_one(door, desk):
    picture, answer = door(desk, plain(), title="Our courtyard", rights_holder="Pat Example")
    assert picture is None
    assert "What would you tell someone on the phone?" in BeautifulSoup(answer, "html.parser").get_text()
    typed = {field.get("value") for field in BeautifulSoup(answer, "html.parser").find_all("input")}
    assert {"Our courtyard", "Pat Example"} <= typed


def waiting_in(answer):
    """The hidden field of a refused form that names the file it keeps, as fields to send again."""
    kept = BeautifulSoup(answer, "html.parser").select_one("[name$=waiting_file]")
    return {"waiting_file": kept["value"]}


@pytest.mark.parametrize("door", [by_form, by_chooser], ids=["form", "chooser"])
def test_a_file_is_chosen_once_however_often_its_form_comes_back(door, desk):
    _, answer = door(desk, photo("HEIF"), shows_person="")
    for _ in range(2):
        assert "“IMG_0001.jpg” is here already" in answer
        assert not BeautifulSoup(answer, "html.parser").select_one("[type=file]").has_attr("required")
        picture, answer = door(desk, "", shows_person="", **waiting_in(answer))
        assert picture is None
    picture, answer = door(desk, "", description="A courtyard", **waiting_in(answer))
    assert (picture.title, picture.filename, (picture.width, picture.height)) == ("Courtyard", "IMG_0001.jpg", (40, 80))
    assert is_upright(originals()[0])
    assert not UploadedFile.objects.exists()
    assert kept_bytes("wagtail_uploads") == {}


def test_another_file_takes_the_place_of_the_one_that_waits(desk):
    _, answer = by_form(desk, photo())
    _, answer = by_form(desk, plain(name="other.png"), **waiting_in(answer))
    assert "“other.png” is here already" in answer
    assert list(kept_bytes()) == ["other.png"]
    _, answer = by_form(desk, SimpleUploadedFile("notes.jpg", b"Dear diary"), **waiting_in(answer))
    assert "Not a supported image format" in answer
    picture, _ = by_form(desk, "", description="A courtyard", **waiting_in(answer))
    assert picture.filename == "other.png"


@pytest.mark.parametrize("pk", ["", "0", "x", "²", "9" * 30, "its"])
def test_a_file_that_waits_for_somebody_else_or_is_gone_is_asked_for_anew(pk, client, desk):
    _, answer = by_form(desk, photo())
    client.force_login(factories.administrator())
    pk = waiting_in(answer)["waiting_file"] if pk == "its" else pk
    picture, answer = by_form(desk, "", description="A courtyard", waiting_file=pk)
    assert picture is None
    assert "This field is required" in answer


def test_a_waiting_file_that_was_cleared_away_is_asked_for_anew(desk):
    _, answer = by_form(desk, photo())
    waiting = UploadedFile.objects.get()
    waiting.file.storage.delete(waiting.file.name)
    assert "This field is required" in by_form(desk, "", description="A courtyard", **waiting_in(answer))[1]


def test_a_new_file_for_a_picture_is_not_lost_when_its_words_are_refused(desk):
    kept = picture()
    url = reverse("wagtailimages:edit", args=[kept.pk])
    fields = {"title": "Now", "description": "", "file": photo(), **NOBODY, **FRESH}
    answer = fields_in(desk.post(url, fields))
    desk.post(url, {**answer, "description": "A courtyard", **NOBODY})
    kept.refresh_from_db()
    assert (kept.title, kept.filename) == ("Now", "IMG_0001.jpg")


def test_a_document_is_chosen_once_too(desk):
    url = reverse("wagtaildocs:add")
    file = SimpleUploadedFile("map.pdf", b"%PDF-1.4 map")
    answer = desk.post(url, {"title": "", "file": file, **FRESH}).content.decode()
    desk.post(url, {"title": "The way here", "file": "", **waiting_in(answer)})
    kept = ClinicDocument.objects.get()
    assert (kept.title, kept.filename, kept.file.read()) == ("The way here", "map.pdf", b"%PDF-1.4 map")


@every_door
def test_a_picture_that_waited_for_its_decision_is_kept_with_it(door, desk):
    picture, answer = door(desk, plain(), is_decorative="on")
    assert picture, answer
    assert (picture.is_decorative, picture.description) == (True, "")


# --- The people in a picture -------------------------------------------------


@every_door
def test_a_picture_on_which_nobody_said_whether_it_shows_a_person_is_asked_about(door, desk):
    picture, answer = door(desk, plain(), description="A courtyard", shows_person="")
    assert picture is None
    assert "Say whether the picture shows a person" in answer


@every_door
@pytest.mark.parametrize("note", ["", "   "])
def test_a_picture_of_somebody_who_can_be_recognized_waits_for_their_consent(note, door, desk):
    picture, answer = door(desk, plain(), description="Jordan", shows_person="recognizable", rights_note=note)
    html = BeautifulSoup(answer, "html.parser")
    assert picture is None
    assert "they agreed in writing" in html.get_text()
    assert html.select_one("details[data-rights]").has_attr("open")


@every_door
@pytest.mark.parametrize(
    "fields",
    [
        {"shows_person": "recognizable", "rights_note": "Signed November 3, staff folder"},
        {"shows_person": "anonymous"},
        {"shows_person": "nobody"},
    ],
)
def test_a_picture_with_all_that_it_needs_is_kept(fields, door, desk):
    picture, answer = door(desk, plain(), description="A courtyard", **fields)
    assert picture, answer
    assert {name: getattr(picture, name) for name in fields} == fields


@every_door
def test_no_answer_on_people_is_taken_that_was_not_offered(door, desk):
    picture, answer = door(desk, plain(), description="A courtyard", shows_person="everybody")
    assert picture is None
    assert "Select a valid choice" in answer


def fresh_form(desk, door):
    """The form that stands before somebody who wants to add a picture by this door."""
    if door == "form":
        return desk.get(reverse("wagtailimages:add")).content.decode()
    if door == "many":
        return desk.post(reverse("wagtailimages:add_multiple"), {"files[]": plain()}).json()["form"]
    return desk.get(reverse("wagtailimages_chooser:choose")).json()["html"]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_asks_what_one_would_say_on_the_phone_and_folds_rights_away(door, desk):
    html = BeautifulSoup(fresh_form(desk, door), "html.parser")
    labels = [label.get_text(strip=True).rstrip("*") for label in html.find_all(["label", "legend"])]
    assert "What would you tell someone on the phone?" in labels
    folded = html.select_one("details[data-rights]")
    assert not folded.has_attr("open")
    assert [field["name"].rpartition("-")[2] for field in folded.find_all("input")] == ["rights_holder", "rights_note"]
    assert not [radio for radio in html.select("[name$=shows_person]") if radio.has_attr("checked")]


def test_a_picture_taken_in_before_the_question_is_asked_when_it_is_edited(desk):
    kept = picture()
    url = reverse("wagtailimages:edit", args=[kept.pk])
    html = desk.post(url, {"title": "Now", "description": "A courtyard"}).content.decode()
    assert "Say whether the picture shows a person" in html


@pytest.mark.parametrize(
    "name", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtaildocs:add", "wagtaildocs:add_multiple"]
)
def test_a_form_that_takes_files_says_that_patient_information_does_not_belong_there(name, desk):
    assert "Do not enter patient information" in desk.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"])
def test_a_chooser_says_that_patient_information_does_not_belong_there(name, desk):
    assert "Do not enter patient information" in desk.get(reverse(name)).json()["html"]


@pytest.mark.parametrize("name", ["wagtailimages:edit", "wagtaildocs:edit"])
def test_replacing_a_file_says_that_patient_information_does_not_belong_there(name, desk):
    kept = picture() if "images" in name else document()
    assert "Do not enter patient information" in desk.get(reverse(name, args=[kept.pk])).content.decode()


def test_comments_on_a_page_say_that_patient_information_does_not_belong_there(desk):
    page = factories.standard()
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    # Outside of #comments, which a script fills anew.
    comments = BeautifulSoup(html, "html.parser").find(id="comments")
    assert "Do not enter patient information" in comments.parent.get_text()
    assert "Do not enter patient information" not in comments.get_text()


def test_the_decision_for_decorative_is_still_there_when_the_form_is_opened_again(desk):
    picture, _ = by_form(desk, plain(), is_decorative="on")
    form = BeautifulSoup(desk.get(reverse("wagtailimages:edit", args=[picture.pk])).content, "html.parser")
    assert form.select_one("[name=is_decorative]").has_attr("checked")
    fields = {"title": "Still the courtyard", "is_decorative": "on", "description": "", **NOBODY}
    desk.post(reverse("wagtailimages:edit", args=[picture.pk]), fields)
    picture.refresh_from_db()
    assert (picture.title, picture.is_decorative) == ("Still the courtyard", True)


def figure(picture, **value):
    """Raw stream data of one figure."""
    value = {"image": picture.pk, "decorative": False, "alt_text": "Chairs in the shade", **value}
    return [{"type": "figure", "value": {"image": value, "caption": "Our courtyard"}}]


def picture(title="IMG_0001", **fields):
    """A picture of the library."""
    return ClinicImage.objects.create(title=title, **{"file": plain(), "description": "A courtyard", **fields})


def images_of(client, page):
    """The <img> elements of a page's content."""
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select("main img")


def test_a_figure_speaks_its_own_words_and_never_title_or_file_name(site, client):
    (image,) = images_of(client, factories.article(body=figure(picture())))
    assert image["alt"] == "Chairs in the shade"
    assert int(image["width"]) == 2 * int(image["height"])


def test_a_picture_of_an_upright_phone_is_cut_to_a_square_around_its_focal_point(site, client):
    upright = picture(file=plain(size=(100, 200)), focal_point_x=50, focal_point_y=190)
    upright.focal_point_width = upright.focal_point_height = 10
    upright.save()
    (image,) = images_of(client, factories.article(body=figure(upright)))
    assert image["width"] == image["height"]
    framed, filled = (upright.get_rendition(f"{kind}-48x48") for kind in ("framed", "fill"))
    assert framed.file.read() == filled.file.read()


def test_a_wide_picture_stays_whole(site, client):
    (image,) = images_of(client, factories.article(body=figure(picture(file=plain(size=(300, 100))))))
    assert int(image["width"]) == 3 * int(image["height"])


def test_a_picture_that_stands_in_two_places_speaks_of_each_in_its_own_words(site, client):
    shown = picture()
    body = figure(shown) + figure(shown, alt_text="Where you wait") + figure(shown, decorative=True, alt_text="")
    page = factories.article(body=body)
    for _ in range(2):
        assert [image["alt"] for image in images_of(client, page)] == ["Chairs in the shade", "Where you wait", ""]


def test_a_decorative_figure_has_an_empty_alternative(site, client):
    body = figure(picture(), decorative=True, alt_text="")
    (image,) = images_of(client, factories.article(body=body))
    assert image["alt"] == ""


def test_a_portrait_speaks_the_description_of_its_picture(site, client):
    page = factories.person(photo=picture(description="Jordan, smiling"))
    (portrait,) = images_of(client, page)
    (card,) = images_of(client, factories.team())
    assert portrait["alt"] == card["alt"] == "Jordan, smiling"


def test_a_decorative_portrait_has_an_empty_alternative(site, client):
    (image,) = images_of(client, factories.person(photo=picture(description="Left over", is_decorative=True)))
    assert image["alt"] == ""


def test_somebody_without_a_photo_is_a_flower_among_the_portraits(site, client):
    factories.person("Kim Example", photo=picture())
    factories.person("Lee Example")
    cards = BeautifulSoup(client.get(factories.team().url).content, "html.parser").select("main .card")
    assert [(bool(card.img), bool(card.svg)) for card in cards] == [(True, False), (False, True)]


# --- What is no picture ------------------------------------------------------


@cache
def bomb_bytes(side):
    output = BytesIO()
    Image.new("1", (side, side)).save(output, "PNG")
    return output.getvalue()


def bomb(side):
    """A small file that unpacks to side × side pixels."""
    return SimpleUploadedFile("bomb.png", bomb_bytes(side))


def cut(kind):
    """The first half of a picture."""
    data = photo(kind, size=(800, 400)).read()
    return SimpleUploadedFile(f"half.{kind.lower()}", data[: len(data) // 2])


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
NO_PICTURES = {
    "truncated JPEG": (lambda: cut("JPEG"), "damaged"),
    "truncated PNG": (lambda: cut("PNG"), "damaged"),
    "truncated WebP": (lambda: cut("WEBP"), "damaged"),
    "head of a PNG only": (lambda: SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40)), "damaged"),
    "bomb": (lambda: bomb(11_300), "pixels"),
    "larger bomb": (lambda: bomb(20_000), "pixels"),
    "more pixels than allowed": (lambda: bomb(8_100), "pixels"),
    "text": (lambda: SimpleUploadedFile("notes.jpg", b"Dear diary"), "Not a supported image format"),
    "empty": (lambda: SimpleUploadedFile("empty.jpg", b""), "empty"),
    "SVG": (lambda: SimpleUploadedFile("drawing.svg", SVG), "Not a supported image format"),
    "SVG named PNG": (lambda: SimpleUploadedFile("drawing.png", SVG), "export it as a JPEG or PNG"),
    "a drawing program's own file": (lambda: SimpleUploadedFile("logo.psd", b"8BPS\0\1" + bytes(60)), "export it"),
    "PDF named JPEG": (lambda: SimpleUploadedFile("scan.jpg", b"%PDF-1.4 scan"), "export it as a JPEG or PNG"),
}


@every_door
@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused_with_a_message(name, door, desk):
    make, words = NO_PICTURES[name]
    made, answer = door(desk, make(), description="A courtyard")
    assert made is None
    assert words in answer
    assert kept_bytes() == {}


@every_door
def test_a_file_that_is_too_big_is_refused_with_a_message(door, desk, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100  # bytes
    made, answer = door(desk, plain("JPEG"), description="A courtyard")
    assert made is None
    assert "too big" in answer


def test_a_refused_file_leaves_the_picture_that_it_should_have_replaced(desk):
    kept = picture(title="Before")
    fields = {"title": "After", "description": "A courtyard", "file": cut("JPEG"), **NOBODY}
    html = desk.post(reverse("wagtailimages:edit", args=[kept.pk]), fields).content.decode()
    kept.refresh_from_db()
    assert "damaged" in html
    assert 'value="After"' in html
    assert kept.title == "Before"
    assert kept.file.storage.exists(kept.file.name)


def test_a_new_file_takes_the_place_of_the_old_one_everywhere(desk, client):
    kept = picture()
    page = factories.article(body=figure(kept))
    before = images_of(client, page)[0]["src"]
    fields = {"title": "Now", "description": "A path", "file": photo(), **NOBODY}
    desk.post(reverse("wagtailimages:edit", args=[kept.pk]), fields)
    (image,) = images_of(client, page)
    assert image["src"] != before
    assert image["height"] == image["width"]


def test_saving_a_damaged_picture_by_code_raises_what_is_wrong(db):
    with pytest.raises(ValidationError, match="damaged"):
        ClinicImage(title="x", description="x", file=cut("JPEG")).save()


# --- Files that are gone -----------------------------------------------------


def with_pictures(picture):
    """A page for each place where a picture may stand."""
    return [
        factories.article(body=figure(picture), social_image=picture),
        factories.person(photo=picture),
        factories.team(),
    ]


@pytest.mark.parametrize("damage", ["gone", "emptied", "cut"])
def test_pages_stay_readable_without_the_original(damage, site, client, caplog):
    lost = picture()
    path = Path(lost.file.path)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "emptied" else path.read_bytes()[:60])
    for page in with_pictures(lost):
        html = client.get(page.url).content.decode()
        assert page.title in html
        assert "/media/" not in html
        assert "/static/brand/cards/mark.png" in html
        assert "not-found" not in html


def test_lost_renditions_are_made_again(site, client):
    kept = picture()
    pages = with_pictures(kept)
    for page in pages:
        client.get(page.url)
    for path in Path(kept.file.path).parent.parent.glob("images/*"):
        path.unlink()
    for page in pages:
        for image in BeautifulSoup(client.get(page.url).content, "html.parser").select('main img[src^="/media/"]'):
            assert client.get(image["src"]).status_code == 200


def test_pages_stay_readable_when_all_pictures_are_lost(site, client):
    kept = picture()
    pages = with_pictures(kept)
    for page in pages:
        client.get(page.url)
    for path in Path(kept.file.path).parent.parent.rglob("*.*"):
        path.unlink()
    for page in pages:
        html = client.get(page.url).content.decode()
        assert page.title in html
        assert "/media/" not in html


def test_the_library_opens_although_a_file_is_damaged(desk):
    lost = picture(title="Lost picture")
    Path(lost.file.path).write_bytes(b"nothing")
    assert "Lost picture" in desk.get(reverse("wagtailimages:index")).content.decode()
    assert desk.get(reverse("wagtailimages:edit", args=[lost.pk])).status_code == 200


def test_a_picture_for_shared_links_has_a_full_address(site, client, settings):
    page = factories.standard(social_image=picture())
    address = BeautifulSoup(client.get(page.url).content, "html.parser").find("meta", property="og:image")["content"]
    assert address.startswith(f"{settings.SITE_URL}/media/")
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


# --- The address of pictures --------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content_type"), [("PNG", "image/png"), ("WEBP", "image/webp"), ("JPEG", "image/jpeg")]
)
def test_a_picture_is_served_so_that_nothing_in_it_can_run(kind, content_type, site, client):
    kept = ClinicImage.objects.create(title="x", description="x", file=plain(kind))
    response = client.get(kept.file.url)
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "max-age" in response["Cache-Control"]
    assert not response.cookies


def test_an_avif_has_its_own_type(site, client):
    rendition = picture().get_rendition("width-20|format-avif")
    assert client.get(rendition.url)["Content-Type"] == "image/avif"


@pytest.mark.parametrize(
    "path",
    [
        "images/",
        "images",
        "images/../../db.sqlite3",
        "images/%2e%2e/%2e%2e/db.sqlite3",
        "images//etc/passwd",
        "//etc/passwd",
        "images/" + "x" * 400,
        "images/\\..\\x",
        "images/%ff",
        ".",
        "wagtail_uploads/letter.pdf",
    ],
)
def test_an_odd_path_below_media_is_not_found(path, site, client, settings):
    waiting = Path(settings.MEDIA_ROOT, "wagtail_uploads")
    waiting.mkdir(parents=True)
    (waiting / "letter.pdf").write_bytes(b"private")
    Path(settings.MEDIA_ROOT, "images").mkdir()
    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_is_not_changed_through_its_address(site, client):
    assert client.post(picture().file.url).status_code == 405


# --- Documents ---------------------------------------------------------------


def document(name="leaflet.pdf", content=b"%PDF-1.4 leaflet", **fields):
    """A document of the library."""
    return ClinicDocument.objects.create(title="Leaflet", file=ContentFile(content, name=name), **fields)


@pytest.fixture
def private(db):
    """A collection for members of staff."""
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    return collection


def test_a_private_document_is_read_by_nobody_from_outside(private, site, client):
    secret = document(content=b"%PDF-1.4 secret", collection=private)
    addresses = [secret.url, secret.file.url, f"/media/{secret.file.name}", f"/media/documents/{secret.file.name}"]
    addresses += [f"/documents/{secret.pk}/", f"/documents/{secret.pk}/other.pdf", f"/static/{secret.file.name}"]
    for address in addresses:
        response = client.get(address)
        assert response.status_code in {302, 404}, address
        assert b"secret" not in b"".join(response), address


def test_a_private_document_opens_for_staff_and_stays_out_of_shared_caches(private, desk):
    response = desk.get(document(collection=private).url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"] or "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content_type", "disposition"),
    [("leaflet.pdf", "application/pdf", "inline"), ("list.txt", "text/plain", "attachment")],
)
def test_a_public_document_is_served_so_that_nothing_in_it_can_run(name, content_type, disposition, site, client):
    response = client.get(document(name).url)
    assert response.status_code == 200
    assert response["Content-Type"].split(";")[0] == content_type
    assert response["Content-Disposition"].split(";")[0] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert not response.cookies


def test_a_document_whose_file_is_lost_is_not_found(site, client):
    lost = document()
    Path(lost.file.path).unlink()
    response = client.get(lost.url)
    assert response.status_code == 404
    assert 'href="tel:988"' in response.content.decode()


def test_a_document_that_a_browser_would_run_is_refused(desk):
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>")
    html = desk.post(reverse("wagtaildocs:add"), {"title": "Page", "file": file}).content.decode()
    assert "File extension “html” is not allowed" in html
    assert not ClinicDocument.objects.exists()


def test_a_document_that_waits_for_its_title_has_no_public_address(desk, client):
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 secret")
    desk.post(reverse("wagtaildocs:add_multiple"), {"files[]": file, "title": "x" * 300})
    waiting = UploadedFile.objects.get()
    client.logout()
    assert client.get(waiting.file.url).status_code == 404


# --- Words of a picture on a page -------------------------------------------------


def showing(picture, words):
    """A page whose editor was sent these words with a picture."""
    block = StandardPage._meta.get_field("body").stream_block.child_blocks["figure"]
    sent = {"image": {"image": picture.pk, "decorative": False, "alt_text": words}, "caption": ""}
    return factories.standard(body=[("figure", block.to_python(sent))])


def described(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".figure img")["alt"]


def test_words_that_nobody_wrote_for_a_page_follow_the_picture(site, client):
    picture = factories.picture(description="The front door.")
    page = showing(picture, "The front door.")
    assert described(client, page) == "The front door."
    picture.description = "A white wall."
    picture.save()
    assert described(client, page) == "A white wall."


def test_words_that_were_written_for_a_page_stay(site, client):
    picture = factories.picture(description="The front door.")
    page = showing(picture, "Where you ring.")
    picture.description = "A white wall."
    picture.save()
    assert described(client, page) == "Where you ring."
