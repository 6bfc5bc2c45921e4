"""The tools of staff: what is to do, fixing a figure, holidays, finding a sentence."""

import re
from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page, Revision

from clinic.models import ClinicSettings, Notice, OpeningHours, Price, SpecialDay
from editorial import task_list
from editorial.models import ToDo
from evidence.models import Fact
from media.models import ClinicImage
from redirects.page_removal import GONE, redirect_removed_pages_to
from tests import factories

HOME = "/admin/"
TO_DO = "/admin/reports/to-do/"


def look(desk, url, **data):
    """A page of the admin as a document to search."""
    response = desk.get(url, data, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(html):
    return " ".join(html.get_text(" ", strip=True).split())


# --- What is to do -----------------------------------------------------------


def listed(desk, kind):
    """{title: address of the form} of the tasks of one kind on the whole list."""
    heading = look(desk, TO_DO).find("h2", id=kind)
    return {a.get_text(): a["href"] for a in heading.find_next("table").select(".title a")} if heading else {}


def linking_to(page, **fields):
    return factories.question(short_answer=factories.link(page), **fields)


@pytest.mark.each_database
def test_a_link_to_a_draft_is_on_the_list_until_the_draft_is_published(desk):
    draft = factories.standard(title="Aftercare", live=False)
    source = linking_to(draft, title="What then?")
    assert listed(desk, "link") == {
        "“What then?” links to “Aftercare”": reverse("wagtailadmin_pages:edit", args=[source.pk])
        + "#:w:contentpath=short_answer"
    }
    factories.publish(draft)
    assert listed(desk, "link") == {}


@pytest.mark.each_database
def test_a_link_to_a_page_that_is_gone_is_on_the_list_until_it_is_taken_out(desk, django_capture_on_commit_callbacks):
    target = factories.standard()
    source = linking_to(target, title="What then?")
    with django_capture_on_commit_callbacks(execute=True), redirect_removed_pages_to(GONE):
        Page.objects.get(pk=target.pk).delete()
    assert list(listed(desk, "link")) == ["“What then?” links to a page that is gone"]
    source.short_answer = "<p>Nothing.</p>"
    factories.publish(source)
    assert listed(desk, "link") == {}


def test_links_of_a_draft_lead_nobody_astray(desk):
    linking_to(factories.standard(live=False), live=False)
    assert listed(desk, "link") == {}


def test_a_byline_of_somebody_who_left_is_no_broken_link(desk):
    from people.models import Authorship

    person = factories.person()
    Authorship.objects.create(page=factories.article(), person=person)
    person.unpublish()
    assert listed(desk, "link") == {}


def test_what_the_settings_lack_is_on_the_list_and_goes_once_it_is_filled_in(desk):
    assert "Add the phone number" in listed(desk, "clinic")
    factories.clinic(phone="(805) 555-0100")
    assert "Add the phone number" not in listed(desk, "clinic")


NOT_SAID = "Find out whether this applies to you: “HIPAA applies to us”"


def test_a_notice_is_asked_for_only_once_staff_have_said_that_it_applies(desk):
    page = factories.standard(title="Our privacy practices")
    assert NOT_SAID in listed(desk, "clinic")
    factories.clinic(privacy_practices_applies=True)
    assert NOT_SAID not in listed(desk, "clinic")
    assert "Choose the page “Notice of privacy practices”" in listed(desk, "clinic")
    factories.clinic(privacy_practices_page=page)
    assert "Choose the page “Notice of privacy practices”" not in listed(desk, "clinic")


def test_a_notice_that_is_published_and_leads_nowhere_is_told(desk):
    factories.clinic(privacy_practices_page=factories.standard())
    assert "does not link to it until the box is checked" in words(look(desk, TO_DO))


@pytest.mark.parametrize(
    ("name", "fields", "lacks"),
    [
        ("Cindy", {"role": "Therapist", "license": "LMFT 12345"}, "full name"),
        ("Jordan Example", {"license": "LMFT 12345"}, "role"),
        ("Jordan Example", {"role": "Therapist"}, "license"),
        ("Jordan Example", {"role": "Therapist", "license": "LMFT 12345"}, ""),
    ],
)
def test_a_person_is_on_the_list_for_what_readers_do_not_learn(name, fields, lacks, desk):
    person = factories.person(name, **fields)
    address = reverse("wagtailadmin_pages:edit", args=[person.pk])
    assert listed(desk, "person") == ({f"Complete the page of {name}": address} if lacks else {})
    assert (f"The page lacks: {lacks}." in words(look(desk, TO_DO))) == bool(lacks)


def test_a_site_without_prices_has_them_on_the_list_until_there_is_one(desk):
    assert "Add what a visit costs" in listed(desk, "clinic")
    clinic = factories.clinic()
    clinic.prices.add(Price(name="One infusion", amount="$100"))
    clinic.save()
    assert "Add what a visit costs" not in listed(desk, "clinic")


def test_a_legal_page_that_is_chosen_but_not_published_is_on_the_list(desk):
    page = factories.standard(title="Our privacy practices", live=False)
    factories.clinic(privacy_practices_page=page, privacy_practices_applies=True)
    assert "Publish “Our privacy practices”" in listed(desk, "clinic")


def test_what_a_fact_leaves_open_is_on_the_list_with_its_form(desk):
    fact = factories.fact(value="82%", to_do="Who was counted?")
    assert listed(desk, "todo")["Settle “82%”"] == reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk])


@pytest.mark.parametrize("place", ["page", "fact", "settings"])
def test_a_task_of_the_starter_leads_to_its_place(place, desk):
    page, fact = factories.standard(), factories.fact()
    ToDo.objects.create(
        key="x",
        title="Have the terms read",
        why="A lawyer should.",
        page=page if place == "page" else None,
        fact=fact if place == "fact" else None,
    )
    address = {
        "page": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "fact": reverse("wagtailsnippets_evidence_fact:edit", args=[fact.pk]),
        "settings": reverse("wagtailsnippets_clinic_clinicsettings:list"),
    }[place]
    assert listed(desk, "todo") == {"Have the terms read": address}


def test_a_figure_of_results_without_a_source_is_on_the_list(desk):
    factories.fact("bare", "82%", kind=Fact.Kind.RESULT)
    factories.fact("noted", "70%", kind=Fact.Kind.RESULT, source_note="Our own count")
    factories.fact("cited", "14%", kind=Fact.Kind.RESULT, reference=factories.reference())
    assert list(listed(desk, "figure")) == ["Say where “82%” comes from"]


@pytest.mark.each_database
def test_a_fact_that_no_page_states_is_on_the_list(desk):
    used = factories.fact("used")
    factories.fact("unused")
    factories.question(short_answer=f"<p>{factories.fact_token(used)}</p>")
    assert list(listed(desk, "fact")) == ["unused"]


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({"description": ""}, "a description"),
        ({"shows_person": ""}, "whether it shows a person"),
        ({"shows_person": "recognizable", "rights_note": ""}, "the consent"),
        ({"rights_note": ""}, "who owns it"),
        ({}, ""),
        ({"description": "", "is_decorative": True}, ""),
    ],
)
@pytest.mark.each_database
def test_a_picture_is_on_the_list_for_what_it_lacks(fields, lacks, desk):
    complete = {"description": "A room", "shows_person": ClinicImage.Person.NOBODY, "rights_note": "Ours"}
    factories.picture(title="Our room", **{**complete, **fields})
    assert bool(listed(desk, "picture")) == bool(lacks)
    assert lacks in words(look(desk, TO_DO))


def test_the_pages_that_wait_for_a_review_are_one_line(desk):
    factories.question("Is it safe?")
    factories.question("A draft?", live=False)
    factories.standard("Terms")
    factories.standard("Treatment", is_clinical_text=True)
    factories.article("On clinics", is_clinical_text=False)
    assert list(listed(desk, "unreviewed")) == ["Clinical review: 2 never reviewed"]


def aged(page, days):
    """Make the last edit of a page so many days old."""
    then = timezone.now() - timedelta(days=days)
    Revision.objects.filter(object_id=str(page.pk)).update(created_at=then)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=then, last_published_at=then)
    type(page).objects.filter(pk=page.pk).update(content_updated_at=then)


def drafted(page):
    page.save_revision()
    return type(page).objects.get(pk=page.pk)


def test_a_draft_is_on_the_list_when_it_has_lain_for_more_than_30_days(desk):
    for title, days in [("Old", 31), ("New", 29)]:
        aged(drafted(factories.question(title, live=False)), days)
    aged(drafted(factories.question("Published, with an old draft")), 31)
    aged(factories.question("Published"), 31)
    taken_down = factories.question("Taken down")
    taken_down.unpublish()
    aged(taken_down, 31)
    assert set(listed(desk, "draft")) == {"Old", "Published, with an old draft"}


@pytest.mark.each_database
def test_a_page_that_nothing_links_to_is_on_the_list(desk):
    from clinic.models import NavigationItem

    pages = {title: factories.standard(title) for title in ("Lost", "Linked", "In the navigation", "From a draft")}
    linking_to(pages["Linked"])
    linking_to(pages["From a draft"], live=False)
    clinic = factories.clinic()
    clinic.navigation_items = [NavigationItem(page=pages["In the navigation"])]
    clinic.save()
    assert {"Lost", "From a draft"} <= set(listed(desk, "orphan"))
    assert not {"Linked", "In the navigation"} & set(listed(desk, "orphan"))


def test_a_page_unchanged_for_a_year_is_on_the_list(desk):
    for title, days in [("Old", 366), ("New", 364)]:
        aged(factories.question(title), days)
    assert list(listed(desk, "check")) == ["Old"]


def tick(desk, title):
    """Check off a task by its button on the list."""
    button = next(b for b in look(desk, TO_DO).find_all("button") if b.get("aria-label") == f"Check off: {title}")
    key = button.find_parent("form").find("input", attrs={"name": "key"})["value"]
    return desk.post(reverse("to_do_tick_off"), {"key": key}, follow=True)


def test_a_task_ticked_off_stays_away_with_the_name_of_who_did_it(desk):
    tick(desk, "Add the link for booking a visit")
    html = look(desk, TO_DO)
    row = html.find("h2", id="done").find_next("table").find("td", string="Add the link for booking a visit").parent
    assert ToDo.objects.get().done_by_name in words(row)
    assert "Add the link for booking a visit" not in listed(desk, "clinic")


@pytest.mark.each_database
def test_a_task_ticked_off_can_be_brought_back(desk):
    ToDo.objects.create(key="x", title="Have the terms read", why="A lawyer should.")
    tick(desk, "Have the terms read")
    assert listed(desk, "todo") == {}
    desk.post(reverse("to_do_bring_back"), {"pk": ToDo.objects.get().pk})
    assert list(listed(desk, "todo")) == ["Have the terms read"]


def test_a_page_checked_a_year_ago_is_to_be_checked_again(desk):
    aged(factories.question("Old"), 800)
    tick(desk, "Old")
    assert listed(desk, "check") == {}
    ToDo.objects.update(done_at=timezone.now() - timedelta(days=366))
    assert list(listed(desk, "check")) == ["Old"]


def test_another_question_about_a_fact_is_another_task(desk):
    fact = factories.fact(value="82%", to_do="Who was counted?")
    tick(desk, "Settle “82%”")
    assert listed(desk, "todo") == {}
    Fact.objects.filter(pk=fact.pk).update(to_do="And when?")
    assert list(listed(desk, "todo")) == ["Settle “82%”"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("to_do_tick_off", {}),
        ("to_do_tick_off", {"key": "clinic:nothing\x00"}),
        ("to_do_bring_back", {"pk": "x"}),
        ("to_do_bring_back", {"pk": "9" * 40}),
    ],
)
@pytest.mark.each_database
def test_ticking_off_nonsense_changes_nothing(name, data, desk):
    assert desk.post(reverse(name), data, follow=True).status_code in {200, 400}
    assert not ToDo.objects.exists()


def test_a_broken_link_cannot_be_ticked_off(desk):
    linking_to(factories.standard(title="Aftercare", live=False), title="What then?")
    with pytest.raises(StopIteration):
        tick(desk, "“What then?” links to “Aftercare”")


def test_the_home_of_the_desk_shows_ten_tasks_and_how_many_there_are(desk):
    for number in range(12):
        factories.fact(f"bare-{number}", "82%", kind=Fact.Kind.RESULT)
    panel = look(desk, HOME).find(id="to-do-section")
    number = sum(len(found) for found in task_list.tasks_for(factories.administrator()).values())
    assert len(panel.select("li")) == task_list.MAX_TASKS_ON_HOME
    assert "Figures of results without a source (12)" in words(panel)
    assert panel.find("a", string=f"Show all {number}")["href"] == TO_DO


def test_the_home_of_the_desk_begins_with_what_waits_then_with_what_readers_meet(desk):
    page = linking_to(factories.standard(live=False))
    colleague = factories.member("Authors", first_name="Robin")
    Comment.objects.create(page=page, user=colleague, text="Is it so?", contentpath="title")
    panel = look(desk, HOME).find(id="to-do-section")
    assert [heading.get_text() for heading in panel.select("h3")] == [
        "Waiting for you",
        "Readers see this now",
        "When there is time",
    ]
    assert "Robin commented on" in panel.h3.find_next("li").get_text()
    assert "links to" in panel.select("h3")[1].find_next("li").get_text()


def test_the_home_of_the_desk_begins_a_question_an_article_and_closed_days_by_one_click(desk):
    factories.blog_index()
    begin = {link.get_text(strip=True): link["href"] for link in look(desk, HOME).select(".w-summary__list a")}
    assert list(begin) == ["Add a question", "Add an article", "Say that we are closed"]
    assert {desk.get(address).status_code for address in begin.values()} == {200}


def test_nobody_is_offered_to_begin_what_they_may_not(site, client):
    factories.faq_index()
    client.force_login(factories.reviewer())
    assert look(client, HOME).select(".w-summary__list a") == []


def test_the_home_of_the_admin_shows_each_kind_before_a_second_of_one():
    found = {kind: [kind] * 5 for kind in "abc"}
    assert task_list.first_of(found, 7) == {"a": ["a"] * 5, "b": ["b"], "c": ["c"]}
    assert task_list.first_of(found, 2) == {"a": ["a"], "b": ["b"]}


def fill_with_tasks():
    """One more task of most kinds."""
    draft = factories.standard(live=False)
    page = linking_to(draft)
    aged(page, 800)
    aged(drafted(draft), 40)
    factories.standard()
    factories.picture(description="", rights_note="")
    factories.fact(f"fact-{draft.pk}", "82%", kind=Fact.Kind.RESULT, to_do="Who?")
    ToDo.objects.create(key=f"x-{draft.pk}", title="Ask", why="Nobody knows.", page=page)


def test_the_list_costs_as_many_queries_for_many_tasks_as_for_few(site, django_assert_max_num_queries):
    fill_with_tasks()
    user = factories.administrator()
    task_list.tasks_for(user)
    for _ in range(5):
        fill_with_tasks()
    with django_assert_max_num_queries(26) as queries:
        many = task_list.tasks_for(user)
    assert len(many["link"]) == 6
    assert len(queries) <= 26


def test_somebody_who_may_edit_nothing_has_nothing_to_do(site, client):
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission

    fill_with_tasks()
    user = get_user_model().objects.create_user(email="guest@example.org", password="long-enough-for-tests")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert "Nothing to do" in words(look(client, TO_DO))
    assert "Nothing to do" in words(look(client, HOME).find(id="to-do-section"))


def test_hostile_titles_stay_inert_on_the_list(desk):
    factories.fact(value="<script>alert(1)</script>", to_do="</td><script>alert(2)</script>")
    assert "<script>alert" not in desk.get(TO_DO).content.decode()
    assert "<script>alert" not in desk.get(HOME).content.decode()


def test_the_list_opens_on_a_site_without_any_page_or_setting(client, empty_site):
    ClinicSettings.objects.all().delete()
    client.force_login(factories.administrator())
    assert "Add the phone number" in listed(client, "clinic")


def test_the_starter_site_puts_its_open_questions_on_the_list(empty_site, client):
    from starter.loader import load

    load()
    client.force_login(factories.administrator())
    todo = listed(client, "todo")
    assert len(todo) >= ToDo.objects.count() > 0
    assert listed(client, "clinic")
    assert listed(client, "link") == {}
    # What is missing about the clinic has tasks of its own, which go by themselves.
    assert reverse("wagtailsnippets_clinic_clinicsettings:list") not in todo.values()


# --- Fix a figure ------------------------------------------------------------


def edit_form(record):
    return reverse(f"wagtailsnippets_evidence_{record._meta.model_name}:edit", args=[record.pk])


def test_a_fact_shows_every_sentence_that_states_it_before_it_is_saved(desk):
    fact, other = factories.fact(value="about 40 minutes"), factories.fact("stay", "up to 90 minutes")
    token, other_token = factories.fact_token(fact), factories.fact_token(other)
    question = factories.question(
        "How long?", short_answer=f"<p>It depends. It lasts <b>{token}</b>, of {other_token}. Then you rest.</p>"
    )
    table = {"type": "paragraph", "value": f"<ul><li>Infusion: {token}</li><li>Rest</li></ul>"}
    article = factories.article("A visit", body=[table])
    panel = words(look(desk, edit_form(fact)).find(id=lambda value: value and "used_on" in value))
    assert "2 pages state this" in panel
    assert "“It lasts about 40 minutes , of up to 90 minutes.”" in panel.replace(" ”", "”")
    assert "Infusion: about 40 minutes" in panel
    assert "It depends" not in panel
    assert "Then you rest" not in panel
    html = look(desk, edit_form(fact))
    for page in (question, article):
        assert html.find("a", href=page.url), page
        assert html.find("a", href=reverse("wagtailadmin_pages:edit", args=[page.pk]))


def test_a_source_shows_every_sentence_that_cites_it(desk):
    source = factories.reference()
    factories.question("Does it work?", short_answer=f"<p>Often{factories.fact_token(source)}. Not always.</p>")
    html = words(look(desk, edit_form(source)))
    assert "“Often [Zarate CA Jr 2006] .”" in html


def test_a_fact_refused_by_its_form_still_shows_what_readers_see(desk):
    from tests.forms import send

    fact = factories.fact(value="about 40 minutes")
    factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    html = send(desk, edit_form(fact), value="about 45 minutes", key="no short name").content.decode()
    assert "<mark>about 40 minutes</mark>" in html
    assert 'value="about 45 minutes"' in html


def test_after_saving_a_fact_the_desk_says_where_it_now_stands(desk):
    from tests.forms import send

    fact = factories.fact(value="about 40 minutes")
    text = f"<p>It lasts {factories.fact_token(fact)}.</p>"
    page, draft = factories.question(short_answer=text), factories.question(short_answer=text, live=False)
    response = send(desk, edit_form(fact), value="about 45 minutes")
    message = BeautifulSoup(response.content, "html.parser").select_one(".messages")
    assert "What you published is now on 1 published page and 1 draft." in words(message)
    assert message.find("a", href=page.url)
    assert message.find("a", href=reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "about 45 minutes" in desk.get(page.url).content.decode()


def test_after_saving_a_fact_of_many_pages_the_desk_says_how_many_it_does_not_list(desk):
    from tests.forms import send

    fact = factories.fact(value="about 40 minutes")
    for _ in range(10):
        factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    response = send(desk, edit_form(fact), value="about 45 minutes")
    message = BeautifulSoup(response.content, "html.parser").select_one(".messages")
    assert "What you published is now on 10 published pages." in words(message)
    assert len(message.find_all("a", href=re.compile("/faq/"))) == 8
    (rest,) = message.find_all("a", string=re.compile("more"))
    assert (words(rest), rest["href"]) == ("and 2 more, all under “Used on”", edit_form(fact))


def test_the_value_of_a_fact_stands_above_the_list_of_where_it_is_used(desk):
    fact = factories.fact(value="about 40 minutes")
    factories.question(short_answer=f"<p>It lasts {factories.fact_token(fact)}.</p>")
    form = desk.get(edit_form(fact)).content.decode()
    assert form.index('name="value"') < form.index('name="name"') < form.index("One page states this")


def test_after_saving_a_fact_that_no_page_states_the_desk_says_so(desk):
    from tests.forms import send

    response = send(desk, edit_form(factories.fact()), value="about 45 minutes")
    assert "No page states it yet" in response.content.decode()


def test_a_hostile_fact_stays_inert_where_it_is_listed(desk):
    fact = factories.fact(value="<script>alert(1)</script>")
    factories.question(short_answer=f"<p>Well {factories.fact_token(fact)}.</p>")
    assert "<script>alert" not in desk.get(edit_form(fact)).content.decode()


# --- Holiday hours -----------------------------------------------------------

NOTICE_FORM = "/admin/snippets/clinic/notice/add/"


def announce(desk, **fields):
    """Send the form of a new notice, empty but for some fields."""
    from wagtail.test.utils.form_data import rich_text

    from tests.forms import send

    return send(desk, NOTICE_FORM, **{"text": rich_text(fields.pop("text", ""), "plain"), **fields})


def coming(days):
    return timezone.localdate() + timedelta(days=days)


def notices_on(client, url="/"):
    html = BeautifulSoup(client.get(url).content, "html.parser")
    return words(shown) if (shown := html.select_one(".notices")) else ""


def test_a_single_date_is_enough_to_say_that_the_clinic_is_closed(desk, client):
    factories.visit()
    day = coming(3)
    announce(desk, closed_from=f"{day}")
    notice = Notice.objects.get()
    client.logout()
    assert f"We are closed on {day:%B} {day.day}." in notices_on(client)
    assert f'datetime="{day}"' in client.get("/visit/").content.decode()
    assert (notice.closed_until, notice.clinic_is_closed) == (day, True)
    assert timezone.localtime(notice.ends_at, timezone.get_default_timezone()).isoformat()[:16] == f"{coming(4)}T00:00"


def test_closed_days_stand_in_the_hours_that_search_engines_read(desk, client):
    from datetime import time

    from clinic.models import OpeningHours

    clinic = factories.clinic(street_address="1 Example Street", locality="San Luis Obispo")
    clinic.opening_hours = [OpeningHours(weekday=coming(2).weekday(), opens=time(9), closes=time(12))]
    clinic.save()
    announce(desk, closed_from=f"{coming(1)}", closed_until=f"{coming(4)}")
    client.logout()
    html = client.get("/").content.decode()
    assert f'"validFrom": "{coming(2)}"' in html
    assert '"openingHoursSpecification"' in html


def test_a_notice_of_closed_days_goes_by_itself(desk, client, monkeypatch):
    announce(desk, closed_from=f"{coming(1)}", closed_until=f"{coming(2)}")
    client.logout()
    end = Notice.objects.get().ends_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: end - timedelta(seconds=1))
    assert "We are closed" in notices_on(client)
    monkeypatch.setattr("django.utils.timezone.now", lambda: end)
    assert notices_on(client) == ""


def test_moving_the_closed_days_moves_what_was_written_for_them(desk):
    from wagtail.test.utils.form_data import rich_text

    from tests.forms import send

    announce(desk, closed_from=f"{coming(1)}")
    notice = Notice.objects.get()
    end = timezone.localtime(notice.ends_at).strftime("%Y-%m-%d %I:%M %p")
    day = coming(9)
    send(
        desk,
        f"/admin/snippets/clinic/notice/edit/{notice.pk}/",
        text=rich_text(notice.text, "plain"),
        ends_at=end,
        closed_from=f"{day}",
        closed_until=f"{day}",
    )
    notice.refresh_from_db()
    assert str(notice) == f"We are closed on {day:%B} {day.day}."
    assert timezone.localtime(notice.ends_at).date() == coming(10)


def test_words_of_staff_stay_when_they_move_the_closed_days(desk):
    from wagtail.test.utils.form_data import rich_text

    from tests.forms import send

    announce(desk, closed_from=f"{coming(1)}", text="<p>We are at a conference.</p>")
    notice = Notice.objects.get()
    url = f"/admin/snippets/clinic/notice/edit/{notice.pk}/"
    send(desk, url, text=rich_text(notice.text, "plain"), closed_from=f"{coming(2)}", closed_until=f"{coming(2)}")
    assert str(Notice.objects.get()) == "We are at a conference."


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Write what visitors should read"),
        ({"text": "<p>We moved.</p>"}, "Until when should it be shown?"),
        ({"closed_until": "2"}, "Which day does the clinic close?"),
        ({"closed_from": "3", "closed_until": "2"}, "cannot come before the first"),
        ({"closed_from": "3000"}, "Is the year right?"),
        ({"closed_from": "-3", "closed_until": "-2"}, "The end must come after the start"),
    ],
)
def test_a_notice_that_makes_no_sense_is_asked_about(fields, says, desk):
    from tests.forms import messages_in

    fields = {name: value if name == "text" else f"{coming(int(value))}" for name, value in fields.items()}
    assert says in messages_in(announce(desk, **fields))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_at_the_end_of_the_calendar_is_no_error_of_the_server(year, desk):
    from tests.forms import messages_in

    response = announce(desk, closed_from=f"{year}-12-31")
    assert messages_in(response)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2026, 12, 24), (2026, 12, 24), "on December 24"),
        ((2026, 12, 24), (2026, 12, 26), "December 24–26"),
        ((2026, 12, 30), (2027, 1, 2), "December 30 to January 2"),
    ],
)
def test_closed_days_are_named_as_people_say_them(first, last, text):
    from datetime import date

    from clinic.opening_hours import format_date_range

    assert format_date_range(date(*first), date(*last)) == text


def test_the_form_of_a_notice_says_that_patient_information_does_not_belong_there(desk):
    assert "Do not enter patient information" in words(look(desk, NOTICE_FORM))


def test_the_desk_tells_the_time_of_the_clinic_whatever_somebody_chose_for_themselves(desk):
    account = desk.get("/admin/account/").content.decode()
    assert "current_time_zone" not in account


# --- Find a sentence ---------------------------------------------------------

FIND = "/admin/find/"


def found(desk, phrase):
    """{title: the words of the result} for a phrase."""
    sections = look(desk, FIND, q=phrase).select("section.w-mb-8")
    return {section.h3.get_text(strip=True).partition(": ")[2]: words(section) for section in sections}


@pytest.mark.each_database
def test_a_sentence_is_found_through_case_quotes_markup_and_white_space(desk):
    factories.question("Where?", short_answer="<p>It’s a “quiet</p><p><b>ro</b>om” –&nbsp;for&nbsp;you &amp; me.</p>")
    for phrase in ('it\'s a "QUIET  room"', "room” - for you & me.", '“It\'s a "quiet\nroom"', "a “quiet room"):
        assert list(found(desk, phrase)) == ["Where?"], phrase
    assert found(desk, "it's a loud room") == {}


def test_a_sentence_is_found_with_its_facts_filled_in_and_so_is_the_line_below(desk):
    fact = factories.fact(value="82%", source_note="Our own count")
    factories.question(
        "Does it work?", short_answer=f"<p>About {factories.fact_token(fact)} of people felt better.</p>"
    )
    assert "Does it work?" in found(desk, "about 82% of people")
    assert "Does it work?" in found(desk, "our own count")


def test_a_sentence_is_found_in_every_kind_of_block(desk):
    from core.blocks import BodyBlock

    factories.picture()
    body = BodyBlock()
    said = {}
    for name, block in body.child_blocks.items():
        if value := getattr(block.meta, "preview_value", None) or block.get_preview_value():
            raw = {"type": name, "value": block.get_prep_value(block.normalize(value))}
            said[name] = raw
    factories.article("All of it", body=list(said.values()))
    for phrase in ("given slowly, through a small tube", "how an infusion feels", "whatever makes you feel at ease"):
        assert "All of it" in found(desk, phrase), phrase
    for phrase in ("you cannot drive yourself home", "Ask a friend", "you settle into", "blood pressure can rise"):
        assert "All of it" in found(desk, phrase), phrase
    for phrase in ("nasal spray", "how it is given", "at a glance", "what is a sub-anesthetic dose", "you stay awake"):
        assert "All of it" in found(desk, phrase), phrase


@pytest.mark.each_database
def test_a_sentence_is_found_in_everything_else_that_has_words(desk):
    factories.clinic(street_address="Telltale words")
    factories.topic("one", introduction="<p>Telltale <i>words</i></p>")
    factories.fact(value="Telltale words")
    factories.reference(title="Telltale words")
    factories.picture(title="A room", description="Telltale words")
    now = timezone.now()
    Notice.objects.create(text="<p>Telltale words</p>", starts_at=now, ends_at=now)
    html = look(desk, FIND, q="telltale words")
    kinds = {heading.get_text(strip=True).partition(":")[0] for heading in html.select("section h3")}
    assert kinds == {"Clinic", "Topic", "Fact", "Source", "Picture", "Notice"}
    assert len(html.select("section a")) == len(kinds)


def test_names_of_files_and_what_is_between_the_lines_are_no_words(desk):
    page = factories.question("Where?", short_answer=factories.link(factories.standard()))
    for phrase in ("linktype", "page", "question", str(page.content_digest), "data-block-key"):
        assert "Where?" not in found(desk, phrase), phrase


def test_live_and_draft_are_told_apart(desk):
    factories.question("A draft", short_answer="<p>Telltale words.</p>", live=False)
    old = factories.question("Was there", short_answer="<p>Telltale words.</p>")
    old.short_answer = "<p>Other words.</p>"
    old.save_revision()
    new = factories.question("Comes next")
    new.short_answer = "<p>Telltale words.</p>"
    new.save_revision()
    factories.question("On the site", short_answer="<p>Telltale words.</p>")
    results = found(desk, "telltale words")
    assert "In a draft" in results["A draft"]
    assert "On the site; the draft no longer says it" in results["Was there"]
    assert "In a draft of a published page" in results["Comes next"]
    assert "In all" not in results["On the site"]
    assert "draft" not in results["On the site"]


def revised(page, text, user, day):
    """A published version of a question by somebody, on a day of March 2026."""
    from datetime import UTC, datetime

    page.short_answer = f"<p>{text}</p>"
    revision = page.save_revision(user=user)
    Revision.objects.filter(pk=revision.pk).update(created_at=datetime(2026, 3, day, 20, 0, tzinfo=UTC))
    revision.publish()
    return type(page).objects.get(pk=page.pk)


@pytest.mark.each_database
def test_a_sentence_names_who_brought_it_in_and_when(desk):
    pat = factories.administrator(first_name="Pat", last_name="Example")
    sam = factories.administrator(first_name="Sam", last_name="Sample")
    page = factories.question("Who?")
    Revision.objects.all().delete()
    page = type(page).objects.get(pk=page.pk)
    texts = [("Telltale words.", sam), ("Nothing.", sam), ("All telltale words.", pat), ("More telltale words.", sam)]
    for day, (text, user) in enumerate(texts, start=1):
        page = revised(page, text, user, day)
    assert "It came in on March 3, 2026, at 12:00 PM, by Pat Example." in found(desk, "telltale words")["Who?"]


def test_a_sentence_that_no_account_wrote_says_so(desk):
    factories.question("Who?", short_answer="<p>Telltale words.</p>")
    assert "not by anybody signed in" in found(desk, "telltale words")["Who?"]
    Revision.objects.all().delete()
    assert "before the history of this page begins" in found(desk, "telltale words")["Who?"]


def test_a_page_that_says_it_can_be_edited_unpublished_and_brought_back(desk):
    page = factories.question("Where?", short_answer="<p>Telltale words.</p>")
    html = look(desk, FIND, q="telltale words")
    for link in html.select("section a"):
        assert desk.get(link["href"]).status_code in {200, 302}, link
    unpublish_url = next(link["href"] for link in html.select("section a") if "Unpublish" in link.get_text())
    form = look(desk, unpublish_url)
    assert form.find("input", value="page") or form.find("form")
    assert unpublish_url.startswith(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))


def buttons(desk, phrase):
    """{what a button says: its form} of all results for a phrase."""
    forms = look(desk, FIND, q=phrase).select("section.w-mb-8 form")
    return {form.button.find(string=True, recursive=False): form for form in forms}


def unpublish(desk, page):
    """Unpublish a page as Find offers it."""
    url = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}&next=/admin/find/"
    assert desk.post(url, {"lead_to": "gone"}).status_code == 302
    return Page.objects.get(pk=page.pk)


def test_the_home_page_is_not_offered_to_be_unpublished(desk, site):
    site.hero_heading = "Telltale words"
    factories.publish(site)
    result = found(desk, "telltale words")[site.title]
    assert "Edit" in result
    assert "Unpublish" not in result


def test_an_unpublished_page_is_found_as_such_and_published_again_by_one_click(desk, client):
    page = factories.question("Where?", short_answer="<p>Telltale words.</p>")
    address = page.url
    assert not unpublish(desk, page).live
    assert "Unpublished" in found(desk, "telltale words")["Where?"]
    assert client.get(address).status_code == 410
    form = buttons(desk, "telltale words")["Publish it again"]
    back = desk.post(form["action"], follow=True)
    assert "Readers see “Where?” again." in back.content.decode()
    assert back.redirect_chain == [(f"{FIND}?q=telltale+words", 302)]
    assert "Telltale words." in client.get(address).content.decode()
    assert "On the site" in found(desk, "telltale words")["Where?"]


def test_a_page_that_went_live_on_schedule_is_published_again_by_one_click_too(desk, client):
    from tests.test_jobs import run_once, schedule

    page = factories.question("Where?", short_answer="<p>Telltale words.</p>", live=False)
    schedule(page, -timedelta(minutes=1))
    run_once()
    assert not unpublish(desk, page).live
    desk.post(buttons(desk, "telltale words")["Publish it again"]["action"])
    assert "Telltale words." in client.get(page.url).content.decode()


@pytest.mark.each_database
def test_an_unpublished_page_comes_back_as_readers_saw_it_and_newer_words_stay_a_draft(desk, client):
    page = factories.question("Where?", short_answer="<p>Telltale words.</p>")
    page = unpublish(desk, page).specific
    page.short_answer = "<p>Other words.</p>"
    page.save()
    page.save_revision()
    assert "Unpublished; the draft no longer says it" in found(desk, "telltale words")["Where?"]
    assert "In a draft of an unpublished page" in found(desk, "other words")["Where?"]
    form = buttons(desk, "telltale words")["Publish it again as it was, without the draft"]
    assert "are still a draft" in desk.post(form["action"], follow=True).content.decode()
    assert "Telltale words." in client.get(page.url).content.decode()
    assert "draft of a published page" in found(desk, "other words")["Where?"]


def test_what_was_never_published_waits_or_has_ended_is_not_offered_to_be_published_again(desk):
    from tests.test_jobs import expire, run_once, schedule

    factories.question("Never", short_answer="<p>Telltale words.</p>", live=False)
    soon = timedelta(hours=1)
    waits = unpublish(desk, factories.question("Waits", short_answer="<p>Telltale words.</p>")).specific
    schedule(waits, soon).publish()
    ended = factories.question("Ended", short_answer="<p>Telltale words.</p>")
    ended.expire_at = timezone.now() + soon
    factories.publish(ended)
    expire(ended)
    content = ended.latest_revision.content | {"expire_at": (timezone.now() - soon).isoformat()}
    Revision.objects.filter(object_id=str(ended.pk)).update(content=content)
    run_once()
    results = found(desk, "telltale words")
    assert list(results) == ["Never", "Waits", "Ended"]
    assert "Unpublished, because its last day is over" in results["Ended"]
    assert buttons(desk, "telltale words") == {}
    for page in (waits, ended):
        said = desk.post(f"/admin/pages/{page.pk}/republish/", follow=True).content.decode()
        assert "cannot be published again from here" in said
        assert not Page.objects.get(pk=page.pk).live


def test_only_who_publishes_shows_a_page_again(client, site):
    page = factories.question("Where?", short_answer="<p>Telltale words.</p>")
    client.force_login(factories.member("Publishers"))
    unpublish(client, page)
    url = buttons(client, "telltale words")["Publish it again"]["action"]
    client.force_login(factories.member("Authors"))
    assert buttons(client, "telltale words") == {}
    client.post(url)
    assert client.get(url).status_code == 405
    assert not Page.objects.get(pk=page.pk).live


def test_an_unpublished_page_that_breaks_a_rule_of_today_stays_unpublished_and_the_desk_says_why(desk, monkeypatch):
    from faq import gates

    page = unpublish(desk, factories.question("Where?", short_answer="<p>Telltale words.</p>"))
    monkeypatch.setattr(gates, "MAX_SHORT_ANSWER_WORDS", 1)
    form = buttons(desk, "telltale words")["Publish it again"]
    assert "its short answer has 2 words" in desk.post(form["action"], follow=True).content.decode()
    assert not Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("", "Type some words"),
        ("  ", "Type some words"),
        ("ab", "at least three letters"),
        ("“a”", "at least three letters"),
        ("x" * 301, "a part of the sentence is enough"),
        ("a\x00b\x00c", "Null characters are not allowed"),
        ("<script>alert(1)</script>", "Nothing on this site says that"),
        ("((((((((((a+)+)+)+$", "Nothing on this site says that"),
        ("\\d+[a-z]*", "Nothing on this site says that"),
        ("\u200b\u200b\u200b", "at least three letters"),
        ("🜨🜨🜨", "Nothing on this site says that"),
    ],
)
@pytest.mark.each_database
def test_odd_words_are_answered_with_a_message(phrase, says, desk):
    factories.question()
    response = desk.get(FIND, {"q": phrase})
    assert response.status_code == 200
    assert says in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_hostile_words_on_a_page_stay_inert_where_they_are_found(desk):
    factories.question("<script>alert(1)</script>?", short_answer="<p>Telltale &lt;script&gt;alert(2)</p>")
    html = desk.get(FIND, {"q": "telltale"}).content.decode()
    assert "Telltale" in html
    assert "<script>alert" not in html


@pytest.mark.each_database
def test_one_finds_only_what_one_may_see(site, client):
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    factories.clinic(street_address="Telltale words")
    factories.fact(value="Telltale words")
    factories.picture(description="Telltale words")
    factories.question("A question", short_answer="<p>Telltale words.</p>")
    factories.article("An article", body=factories.paragraph("<p>Telltale words.</p>"))
    group = Group.objects.create(name="Bloggers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = get_user_model().objects.create_user(email="guest@example.org", password="long-enough-for-tests")
    user.groups.add(group)
    client.force_login(user)
    assert found(client, "telltale words") == {}
    GroupPagePermission.objects.create(
        group=group, page=factories.blog_index(), permission=Permission.objects.get(codename="add_page")
    )
    results = found(client, "telltale words")
    assert list(results) == ["An article"]
    assert "Unpublish" not in results["An article"]


def test_somebody_who_has_not_signed_in_finds_nothing(site, client):
    assert client.get(FIND, {"q": "telltale words"}).status_code == 302


def test_words_far_apart_are_found_where_nothing_has_them_next_to_each_other(desk):
    factories.question("What does it cost?", short_answer="<p>Insurance seldom pays for a telltale infusion.</p>")
    factories.question("Another?", short_answer="<p>Insurance seldom pays.</p>")
    html = look(desk, FIND, q="telltale insurance")
    assert "1 place with each of these words: telltale insurance" in words(html)
    assert list(found(desk, "telltale insurance")) == ["What does it cost?"]


def test_what_is_named_so_comes_before_what_only_says_so(desk):
    factories.question("Aaa?", short_answer="<p>Ask about parking.</p>")
    factories.question("Where is the parking?", short_answer="<p>In front of the house.</p>")
    assert list(found(desk, "parking")) == ["Where is the parking?", "Aaa?"]


def test_the_search_of_the_desk_finds_accounts_for_who_looks_after_them_and_no_hash_of_a_password(desk, client):
    user = factories.administrator()
    assert any(user.email in title for title in found(desk, user.email))
    assert found(desk, user.password[:12]) == {}


def test_an_author_finds_no_accounts(site, client):
    user = factories.administrator()
    client.force_login(factories.member("Authors"))
    assert found(client, user.email) == {}


def test_the_search_of_the_desk_finds_prices_hours_and_special_days(desk):
    clinic = factories.clinic()
    Price.objects.create(clinic=clinic, name="Infusion", amount="$450")
    OpeningHours.objects.create(clinic=clinic, weekday=0, opens=time(9), closes=time(17))
    day = date.today() + timedelta(days=30)
    SpecialDay.objects.create(clinic=clinic, day=SpecialDay.DATE, date=day, is_closed=True, note="Staff training")
    SpecialDay.objects.create(clinic=clinic, day="christmas", is_closed=True)
    for words in ("$450", "9:00 AM", "staff training", "christmas"):
        assert len(found(desk, words)) == 1, words


def test_the_search_of_the_desk_finds_what_the_handbook_says_about_it(desk):
    html = look(desk, FIND, q="address old website")
    link = html.find("a", string="Bring in the addresses of an old website")
    assert link["href"].startswith(reverse("handbook") + "#")


def test_the_box_above_the_menu_searches_everything(desk):
    # Wagtail hands the address to the script that draws the menu.
    assert f'"wagtail.sidebar.SearchModule", "_args": ["{FIND}"]' in desk.get(HOME).content.decode()


def test_finding_says_when_it_stops(desk, monkeypatch):
    from editorial import phrase_search

    for _ in range(4):
        factories.question(short_answer="<p>Telltale words.</p>")
    monkeypatch.setattr(phrase_search, "MAX_RESULTS", 3)
    html = look(desk, FIND, q="telltale words")
    assert len(html.select("section h3")) == 3
    assert "Only the first 3 places are shown" in words(html)
    monkeypatch.setattr(phrase_search, "MAX_RESULTS", 40)
    monkeypatch.setattr(phrase_search, "MAX_PAGES", 3)
    assert "Only the first 3 pages were looked at" in words(look(desk, FIND, q="telltale words"))
    monkeypatch.setattr(phrase_search, "MAX_PAGES", 3000)
    monkeypatch.setattr(phrase_search, "MAX_REVISIONS", 1)
    assert "open its history" in words(look(desk, FIND, q="telltale words"))


def test_finding_costs_as_many_queries_on_a_larger_site(site, django_assert_max_num_queries):
    from editorial.phrase_search import PhraseSearch

    user = factories.administrator()
    for _ in range(3):
        factories.article(body=factories.paragraph("<p>Something else.</p>"))
    assert PhraseSearch("telltale", user).results() == []
    for _ in range(12):
        factories.article(body=factories.paragraph("<p>Something else.</p>"))
    with django_assert_max_num_queries(21):
        assert PhraseSearch("telltale", user).results() == []
