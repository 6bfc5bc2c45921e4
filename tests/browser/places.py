"""Every kind of page that a visitor can meet, by name: one address for each."""

from dataclasses import dataclass

from tests.browser.serving import ERRORS


@dataclass(frozen=True)
class Place:
    """An address and the code that it answers with; `file` is a page that a healthy site never shows."""

    name: str
    address: str
    status: int = 200
    file: str = ""

    def __str__(self):
        return self.name


BARE = [
    Place("home", "/"),
    Place("faq", "/faq/"),
    Place("faq-topic", "/faq/topic/your-visit/"),
    Place("faq-all", "/faq/all/"),
    Place("question", "/faq/is-ketamine-safe/"),
    Place("blog", "/blog/"),
    Place("blog-topic", "/blog/topic/is-it-safe-for-me/"),
    Place("article", "/blog/your-experience-at-innerbloom/"),
    Place("team", "/team/"),
    Place("treatment", "/treatment/"),
    Place("what-to-expect", "/what-to-expect/"),
    Place("infusion-day", "/what-to-expect/infusion-day/"),
    Place("ride-home", "/what-to-expect/ride-home/"),
    Place("visit", "/visit/"),
    Place("disclaimers", "/disclaimers/"),
    Place("disclaimer", "/disclaimers/medical-disclaimer/"),
    Place("search", "/search/"),
    Place("search-found", "/search/?q=ketamine"),
    Place("search-nothing", "/search/?q=xylophone"),
    Place("search-crisis", "/search/?q=suicide"),
    Place("search-crisis-beside", "/search/?q=hopeless+ketamine"),
    Place("search-crisis-violence", "/search/?q=he+beats+me"),
    Place("search-crisis-medical", "/search/?q=i+can+not+breathe"),
    Place("search-crisis-overdose", "/search/?q=my+son+overdosed"),
    Place("search-crisis-spanish", "/search/?q=mi+esposo+me+pega"),
    Place("not-found", "/nowhere/", 404),
]
FILLED = [
    *BARE,
    Place("question-full", "/faq/full/"),
    Place("article-full", "/blog/full-1/"),
    Place("blog-second", "/blog/?page=2"),
    Place("blog-author", "/blog/author/jordan-example/"),
    Place("person", "/team/jordan-example/"),
    Place("blocks", "/blocks/"),
    Place("disclaimer-full", "/disclaimers/for-questions/"),
    Place("disclaimer-version", "/disclaimers/for-questions/version/1/"),
    Place("password", "/closed/"),
    Place("gone", "/gone", 410),
    Place("bad-request", "/%00", 400),
    Place("server-error", "/errors/server-error", 500, "server-error.html"),
    Place("plain-error", "/errors/plain-error", 500, "plain-error.html"),
]
STATES = {"bare": BARE, "filled": FILLED}

OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"


def named(state, *names):
    """Some places of a state, by their names."""
    places = {place.name: place for place in STATES[state]}
    return [places[name] for name in names]


def go(page, site, place, **options):
    """Open a place; the browser's answer. Options are those of Playwright's `goto`."""
    if place.file:
        body = (site.data_dir / ERRORS / place.file).read_text(encoding="utf-8")
        page.route(
            f"{site.url}{place.address}",
            lambda route: route.fulfill(status=place.status, content_type="text/html; charset=utf-8", body=body),
        )
    answer = page.goto(site.url + place.address, **options)
    assert answer.status == place.status, f"{place.address} answers {answer.status}"
    return answer
