"""A browser that takes Brotli gets what everybody may read in it; what stands within a session never travels so."""

import brotli
import pytest

from tests import factories


@pytest.mark.parametrize("accepts", ["br", "gzip, deflate, br, zstd", "br;q=0.5, gzip", "gzip,br;q=1.0"])
def test_a_page_travels_in_brotli_where_the_browser_takes_it(accepts, site, client):
    plain = client.get("/faq/").content
    answer = client.get("/faq/", headers={"accept-encoding": accepts})
    assert answer["Content-Encoding"] == "br"
    assert brotli.decompress(answer.content) == plain
    assert int(answer["Content-Length"]) == len(answer.content) < len(plain)
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize("accepts", ["gzip", "gzip, br;q=0", "br;q=0.0, gzip", "gzip, brx, x-abr"])
def test_a_browser_without_brotli_gets_gzip(accepts, site, client):
    answer = client.get("/faq/", headers={"accept-encoding": accepts})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


def test_who_is_signed_in_gets_no_brotli(site, client):
    client.force_login(factories.administrator())
    answer = client.get("/faq/", headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"


def test_a_form_that_sets_a_cookie_is_not_sent_in_brotli(site, client):
    answer = client.get("/admin/login/", headers={"accept-encoding": "gzip, br"})
    assert answer.cookies
    assert answer["Content-Encoding"] == "gzip"


def test_an_unchanged_page_is_not_sent_again_in_brotli(site, client):
    tag = client.get("/faq/", headers={"accept-encoding": "br"})["ETag"]
    again = client.get("/faq/", headers={"accept-encoding": "br", "if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_too_short_is_sent_as_it_is(site, client):
    answer = client.get("/healthz", headers={"accept-encoding": "br"})
    assert not answer.has_header("Content-Encoding")
