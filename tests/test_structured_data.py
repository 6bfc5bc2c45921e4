"""What machines read is well formed, hangs together, says what readers see, and claims nothing else."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from rdflib.namespace import SDO

from core.structured_data import day_of, picture_nodes, subject_nodes
from delivery.json_ld import serialize
from evidence.structured_data import with_citations
from people.models import Authorship
from tests import factories

HOME = "http://localhost/"
FORBIDDEN = {"QAPage", "Review", "AggregateRating", "ApprovedIndication", "aggregateRating", "review", "indication"}
FORBIDDEN |= {"lastReviewed", "reviewedBy"}  # nobody has reviewed anything yet
# Of no sentence: the language that <html lang> says, and the country of every address.
CONSTANTS = {"en-US", "US"}


def graph_in(text):
    """The nodes of a page's graph."""
    script = BeautifulSoup(text, "html.parser").find("script", type="application/ld+json")
    return json.loads(script.string)["@graph"] if script else []


def graph_of(client, page):
    """{type: node} of a page."""
    return {node["@type"]: node for node in graph_in(client.get(page.url).content.decode())}


def dicts(value):
    """All objects within a value, itself among them."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from dicts(part)


def one_line(text):
    return " ".join(text.split())


def said_on(text):
    """The words of a page that a reader finds, and the addresses it leads to."""
    html = BeautifulSoup(text, "html.parser")
    addresses = {element[name] for name in ("href", "src") for element in html.body.find_all(attrs={name: True})}
    for element in html.find_all(attrs={"srcset": True}):
        addresses |= {candidate.split()[0] for candidate in element["srcset"].split(",")}
    # What a results page or a shared link shows is said, too.
    metas = [element["content"] for element in html.find_all("meta", content=True)]
    addresses |= set(metas)
    times = {element["datetime"] for element in html.find_all("time")}
    for element in html.select("script, style, sup.citation"):
        element.decompose()
    words = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", one_line(" ".join([html.body.get_text(" "), *metas])))
    return words.casefold(), one_line(html.body.get_text()).casefold(), addresses | times


class Site:
    """What the pages of a walk say, to readers and to machines."""

    def __init__(self, texts):
        self.texts = texts
        self.graphs = {address: graph_in(text) for address, text in texts.items()}
        self.named = {
            (address, node["@id"]) for address, graph in self.graphs.items() for node in graph if "@id" in node
        }

    def problems(self):
        for address, graph in self.graphs.items():
            self.address, self.said = address, said_on(self.texts[address])
            for node in (found for top in graph for found in dicts(top)):
                for problem in self._problems_of(node):
                    yield f"{address}: {problem}"

    def _problems_of(self, node):
        terms = {name for name in node if not name.startswith("@")} | {node.get("@type", "Thing")}
        yield from (f"schema.org has no {term}" for term in terms if term not in SDO)
        yield from (f"{term} is not for us" for term in terms & FORBIDDEN)
        if list(node) == ["@id"] and not self._is_named(node["@id"]):
            yield f"nothing is called {node['@id']}"
        for name, value in node.items():
            if isinstance(value, str) and not name.startswith("@") and not self._is_said(name, value):
                yield f"nobody reads {name} “{value}”"

    def _is_named(self, name):
        return (self.address, name) in self.named or (name.partition("#")[0], name) in self.named

    def _is_said(self, name, value):
        words, joined, addresses = self.said
        if value in CONSTANTS or value in OPENING or value.startswith("https://schema.org/"):
            return True
        if value.startswith("http"):
            return value in self.texts or {value, "/" + value.removeprefix(HOME)} & addresses
        if name in {"telephone", "email"}:
            return {f"tel:{value}", f"mailto:{value}"} & addresses
        return value in addresses or one_line(value).casefold() in words or one_line(value).casefold() in joined


# As `tests.filled` fills in the clinic's hours, where readers see AM and PM; closed is from midnight to midnight.
OPENING = {"09:00", "12:00", "13:00", "17:30", "00:00"}


def test_the_graphs_of_a_whole_site_hold(walked):
    answers = walked("filled").walk.answers
    site = Site({address: answer.text for address, answer in answers.items() if answer.status == 200 and answer.text})
    assert sorted(set(site.problems())) == []
    assert len([graph for graph in site.graphs.values() if graph]) > 40


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        ({"@type": "MedicalPage"}, "schema.org has no MedicalPage"),
        ({"@type": "WebPage", "reviewStars": 5}, "schema.org has no reviewStars"),
        ({"@type": "QAPage"}, "QAPage is not for us"),
        ({"@type": "WebPage", "about": {"@id": f"{HOME}#nobody"}}, f"nothing is called {HOME}#nobody"),
        ({"@type": "WebPage", "name": "Unseen"}, "nobody reads name “Unseen”"),
        ({"@type": "WebPage", "url": "https://example.org/"}, "nobody reads url “https://example.org/”"),
    ],
)
def test_a_graph_that_does_not_hold_is_found(node, problem):
    page = f'<body>Seen<script type="application/ld+json">{serialize([node])}</script></body>'
    assert list(Site({HOME: page}).problems()) == [f"{HOME}: {problem}"]


@pytest.mark.parametrize("sign", ["<", ">", "&"])
def test_no_sign_of_markup_stands_in_a_graph(sign):
    nodes = [{"name": f"More {sign} less"}]
    text = serialize(nodes)
    assert sign not in text
    assert json.loads(text)["@graph"] == nodes


HOSTILE = ['</script><script>alert("x")</script>', "<!--<script>", "“Quotes” & 'more'", "🌸 שלום \u202e", "\\"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_inert_and_whole(title, site, client):
    page = factories.question(title=title)
    text = client.get(page.url).content.decode()
    assert graph_of(client, page)["Question"]["name"] == title
    assert "<script>alert" not in text
    assert escape(title) in text
    assert len(BeautifulSoup(text, "html.parser").find_all("script")) == 1


def test_without_a_street_no_place_is_named_and_no_hours_of_one(site, client):
    factories.clinic(phone="(805) 555-0100", locality="San Luis Obispo")
    nodes = graph_of(client, site)
    assert "MedicalClinic" not in nodes
    assert nodes["Organization"]["telephone"] == "+18055550100"
    assert "openingHoursSpecification" not in nodes["Organization"]


def test_an_article_carries_its_picture_its_dates_and_a_description(site, client):
    picture = factories.picture()
    page = factories.article(lead_picture=picture, published_on=date(2026, 3, 5), summary="What to know.")
    posting = graph_of(client, page)["BlogPosting"]
    assert "/media/" in posting["image"][0]["contentUrl"]
    changed = timezone.localdate(page.content_updated_at).isoformat()
    assert (posting["datePublished"], posting["dateModified"]) == ("2026-03-05", changed)
    assert posting["description"] == "What to know."


def test_an_article_without_a_picture_carries_the_card_that_is_shared(site, client):
    assert "/brand/cards/" in graph_of(client, factories.article())["BlogPosting"]["image"]


def test_the_clinic_is_described_at_home_and_where_to_visit_and_named_elsewhere(site, client):
    factories.clinic(phone="(805) 555-0100", street_address="1 Example Street", locality="San Luis Obispo")
    for page in (site, factories.visit()):
        assert graph_of(client, page)["MedicalClinic"]["telephone"] == "+18055550100"
    assert "telephone" not in graph_of(client, factories.question())["Organization"]


def test_a_question_is_answered_on_its_own_page_only(site, client):
    page = factories.question("Is it safe?", short_answer="<p>For most people.</p>")
    nodes = graph_of(client, page)
    assert nodes["Question"]["acceptedAnswer"]["text"] == "For most people."
    assert nodes["MedicalWebPage"]["mainEntity"] == {"@id": nodes["Question"]["@id"]}
    assert nodes["MedicalWebPage"]["audience"] == {"@type": "Patient"}
    for url in ("/faq/", "/faq/topic/your-visit/", "/faq/all/"):
        nodes = {node["@type"]: node for node in graph_in(client.get(url).content.decode())}
        assert "Question" not in nodes
        assert nodes["ItemList"]["itemListElement"][0]["item"] == {"@id": f"{settings.SITE_URL}{page.url}#question"}


def test_a_page_hidden_from_search_engines_stands_in_no_list(site, client):
    factories.question(hide_from_search_engines=True)
    factories.article(hide_from_search_engines=True)
    factories.person(hide_from_search_engines=True)
    for url in ("/faq/", "/blog/", "/team/", "/blog/?page=1"):
        assert "ItemList" not in {node["@type"] for node in graph_in(client.get(url).content.decode())}


def test_a_topic_is_a_page_of_its_own_below_its_index(site, client):
    factories.article(topics=[factories.topic()])
    factories.question()
    for index in ("/faq/", "/blog/"):
        nodes = {n["@type"]: n for n in graph_in(client.get(f"{index}topic/your-visit/").content.decode())}
        assert nodes["CollectionPage"]["url"] == f"{settings.SITE_URL}{index}topic/your-visit/"
        assert [item["name"] for item in nodes["BreadcrumbList"]["itemListElement"]][2] == "Your visit"


def test_an_article_is_by_its_authors_and_a_medical_page_only_where_it_speaks_of_treatment(site, client):
    author = factories.person(credentials="MD", role="Physician", license="California MD 1")
    page = factories.article()
    Authorship.objects.create(page=page, person=author)
    nodes = graph_of(client, page)
    assert nodes["BlogPosting"]["author"][0]["@id"] == graph_of(client, author)["Person"]["@id"]
    assert nodes["BlogPosting"]["mainEntityOfPage"] == {"@id": nodes["MedicalWebPage"]["@id"]}
    assert "MedicalWebPage" not in graph_of(client, factories.article(is_clinical_text=False))


def test_credentials_and_license_belong_to_the_person(site, client):
    person = graph_of(client, factories.person(credentials="MD", license="California MD 1"))["Person"]
    assert person["honorificSuffix"] == "MD"
    assert person["hasCredential"]["name"] == "California MD 1"


def test_where_nobody_is_named_the_clinic_is_the_author(site, client):
    nodes = graph_of(client, factories.question())
    assert nodes["MedicalWebPage"]["author"] == [{"@id": nodes["Organization"]["@id"]}]


def test_what_a_text_cites_is_named_with_its_doi_facts_included(site, client):
    cited = factories.reference("one", doi="10.1000/1", container="A journal")
    behind = factories.reference("two", title="Behind a figure")
    tokens = factories.fact_token(cited) + factories.fact_token(factories.fact(reference=behind))
    for page in (
        factories.question(short_answer=f"<p>{tokens}</p>"),
        factories.article(body=factories.paragraph(f"<p>{tokens}</p>")),
    ):
        nodes = graph_of(client, page)
        first, second = nodes.get("BlogPosting", nodes["MedicalWebPage"])["citation"]
        assert (first["identifier"], first["isPartOf"]["name"]) == ("https://doi.org/10.1000/1", "A journal")
        assert second["name"] == "Behind a figure"


@pytest.mark.parametrize(("hour", "day"), [(6, "2026-06-30"), (7, "2026-07-01")])
def test_a_change_bears_the_day_that_it_is_at_the_clinic(hour, day):
    assert day_of(datetime(2026, 7, 1, hour, tzinfo=UTC)) == day


def test_a_picture_names_whose_it_is(site):
    figure = factories.figure(caption="Where you rest")
    page = factories.article(body=[figure])
    picture = page.body[0].value["image"]
    type(picture).objects.filter(pk=picture.pk).update(rights_holder="Jordan Example")
    (node,) = picture_nodes(type(page).objects.get(pk=page.pk).body)
    assert (node["creditText"], node["caption"]) == ("Jordan Example", "Where you rest")
    assert node["contentUrl"].startswith(f"{settings.SITE_URL}/media/images/")


def test_a_text_is_about_what_it_names():
    found = {(node["@type"], node["name"]) for node in subject_nodes("Ketamine helps depression; anxiety too.")}
    assert found == {("Drug", "Ketamine"), ("MedicalCondition", "depression"), ("MedicalCondition", "anxiety")}
    assert subject_nodes("Parking at the clinic") == []


def test_a_longer_name_is_not_named_twice():
    found = subject_nodes("Ketamine infusion therapy for treatment-resistant depression. KETAMINE INFUSION THERAPY.")
    assert [(node["@type"], node["name"]) for node in found] == [
        ("Drug", "Ketamine"),
        ("MedicalCondition", "treatment-resistant depression"),
        ("MedicalTherapy", "Ketamine infusion therapy"),
    ]
    assert len(subject_nodes("Depression, and treatment-resistant depression")) == 2


def test_a_question_and_an_article_say_what_they_are_about(site, client):
    about = [{"@type": "Drug", "name": "Ketamine"}, {"@type": "MedicalCondition", "name": "depression"}]
    assert graph_of(client, factories.question("Ketamine for depression?"))["MedicalWebPage"]["about"] == about
    assert graph_of(client, factories.article("Ketamine for depression"))["BlogPosting"]["about"] == about


def test_a_page_without_a_graph_of_its_own_cites_nothing():
    assert with_citations([{"@type": "WebSite", "@id": "x"}], [object()], "#page") == [{"@type": "WebSite", "@id": "x"}]
