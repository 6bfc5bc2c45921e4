"""What staff hear: comments that wait, where an approved page is, and that nothing leads to a published one."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, PageSubscription

from clinic.models import NavigationItem
from editorial.comments import MAX_COMMENTS, MAX_TEXT_LENGTH, comments_for, open_comments
from tests import factories
from tests.forms import send

NUMBER_OF_QUERIES = 4


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


# --- Comments -------------------------------------------------------------------


@pytest.fixture
def author(site):
    return factories.member("Authors", first_name="Robin", last_name="Reyes")


@pytest.fixture
def publisher(site):
    return factories.member("Publishers", first_name="Pat", last_name="Vale")


@pytest.fixture
def page(author):
    """A draft that the author wrote."""
    page = factories.question("May I drive?", live=False)
    page.save_revision(user=author, log_action=True)
    return page


def comment(page, user, text="Is this so?", path="title", **fields):
    return Comment.objects.create(page=page, user=user, text=text, contentpath=path, **fields)


def reply(thread, user, text="It is."):
    return CommentReply.objects.create(comment=thread, user=user, text=text)


def said(user):
    return [row.text for row in comments_for(user)]


@pytest.mark.each_database
def test_a_comment_waits_for_who_wrote_the_page_and_for_publishers(page, author, publisher):
    thread = comment(page, factories.administrator(first_name="Kim", last_name="Lee"))
    for user in (author, publisher):
        [row] = comments_for(user)
        assert (row.page.pk, row.author, row.text, row.is_reply) == (page.pk, "Kim Lee", "Is this so?", False)
        assert row.url == f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?comment={thread.pk}"
        assert abs(row.moment - timezone.now()) < timedelta(minutes=1)


def test_who_spoke_last_waits_for_the_others(page, author, publisher):
    thread = comment(page, publisher)
    assert (said(author), said(publisher)) == (["Is this so?"], [])
    reply(thread, author)
    assert (said(author), said(publisher)) == ([], ["It is."])
    assert comments_for(publisher)[0].is_reply


def test_an_answer_reaches_who_asked_though_the_page_is_another_s(page, author):
    reviewer = factories.member("Clinical reviewers")
    thread = comment(page, reviewer)
    assert said(reviewer) == []
    reply(thread, author)
    assert said(reviewer) == ["It is."]


def test_other_pages_are_nobody_s_business_until_they_are_followed(page, publisher):
    other = factories.member("Authors")
    comment(page, publisher)
    assert said(other) == []
    PageSubscription.objects.create(page=page, user=other, comment_notifications=False)
    assert said(other) == []
    PageSubscription.objects.update(comment_notifications=True)
    assert said(other) == ["Is this so?"]


def test_what_is_resolved_waits_for_nobody(page, author, publisher):
    comment(page, publisher, resolved_at=timezone.now())
    assert said(author) == []


def test_a_comment_on_a_page_that_one_may_not_edit_is_not_shown(page, publisher):
    guest = factories.member()
    guest.user_permissions.add(Permission.objects.get(codename="access_admin"))
    reply(comment(page, guest), publisher)
    assert said(guest) == []
    assert page.title not in words(signed_in(guest).get(reverse("comments")))


def test_a_comment_on_what_was_taken_out_is_not_shown_since_the_editor_shows_it_neither(page, author, publisher):
    page.body = factories.paragraph("<p>Here.</p>")
    page.save_revision(user=author)
    block = page.latest_revision.as_object().body[0].id
    comment(page, publisher, "On a paragraph", f"body.{block}")
    comment(page, publisher, "On one that is gone", "body.00000000-0000-0000-0000-000000000000")
    assert said(author) == ["On a paragraph"]


def test_a_long_comment_is_cut_and_the_newest_stands_first(page, author, publisher):
    comment(page, publisher, "x" * 500)
    comment(page, publisher, "The newest")
    newest, oldest = said(author)
    assert newest == "The newest"
    assert len(oldest) == MAX_TEXT_LENGTH + 1


def test_comments_cost_the_same_however_many_there_are(page, author, publisher, django_assert_num_queries):
    comment(page, publisher)
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        comments_for(author)
    for number in range(3):
        another = factories.question(live=False)
        another.save_revision(user=author, log_action=True)
        reply(comment(another, publisher), factories.member("Publishers"))
        comment(page, publisher, str(number))
    fresh = type(author).objects.get(pk=author.pk)
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        assert len(comments_for(fresh)) == 7
    assert len(open_comments(fresh)) <= MAX_COMMENTS


def test_the_report_lists_all_open_comments_and_leads_to_each(page, author, publisher):
    mine = comment(page, author, "My own <question>")
    comment(page, publisher, "Yours")
    report = BeautifulSoup(signed_in(author).get(reverse("comments")).content, "html.parser")
    first, second = report.select("table.listing tbody tr")
    assert "Waiting for you" in first.get_text()
    assert "Yours" in first.get_text()
    assert "Waiting for you" not in second.get_text()
    assert "My own <question>" in second.get_text()
    assert second.a["href"].endswith(f"?comment={mine.pk}")
    assert f'"url": "{reverse("comments")}"' in signed_in(author).get(reverse("wagtailadmin_home")).content.decode()


# --- Approving ------------------------------------------------------------------


@pytest.fixture
def waiting(page, author):
    page.get_workflow().start(page, author)
    return page


def buttons_of(response):
    """{label: address} of the buttons in messages."""
    links = BeautifulSoup(response.content, "html.parser").select(".messages a.button")
    return {link.get_text(strip=True): link["href"] for link in links}


def test_who_approves_gets_to_the_public_page(waiting, publisher):
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    url = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    response = send(signed_in(publisher), url, **{"body-count": "0", **action})
    waiting.refresh_from_db()
    assert waiting.live
    assert "Approved: readers see “May I drive?” now." in words(response)
    assert buttons_of(response)["View live"] == waiting.url


def test_who_approves_from_the_home_of_the_desk_is_told_the_same(waiting, publisher):
    client = signed_in(publisher)
    state = waiting.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    response = client.post(url, {"comment": "", "next": reverse("wagtailadmin_home")}, follow=True)
    waiting.refresh_from_db()
    assert waiting.live
    assert words(response).count("Approved: readers see “May I drive?” now.") == 1
    assert buttons_of(response)["View live"] == waiting.url


def test_asking_for_changes_from_the_home_approves_nothing(waiting, publisher):
    client = signed_in(publisher)
    state = waiting.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "reject", state.pk])
    assert "Approved" not in words(client.post(url, {"comment": "No."}, follow=True))


# --- Pages that nothing leads to ------------------------------------------------


def publish(user, page):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    blocks = {"body-count": "0", "key_points-count": "0"}
    return send(signed_in(user), url, **{**blocks, "action-publish": "1"})


@pytest.fixture
def navigation(site):
    def add(page):
        NavigationItem.objects.create(clinic=factories.clinic(), page=page)

    return add


def test_the_first_person_needs_no_word_for_the_team_enters_the_navigation_by_itself(publisher):
    assert "navigation" not in words(publish(publisher, factories.person("Dr. Vale", live=False)))


def test_an_article_is_published_where_nobody_would_look_and_the_publisher_is_told(publisher, navigation):
    article = factories.article("Sleep", live=False)
    response = publish(publisher, article)
    assert "“Sleep” stands on “Blog”, but nothing leads readers to “Blog”" in words(response)
    link = buttons_of(response)["Add it to the navigation"]
    settings = signed_in(publisher).get(link.partition("#")[0], follow=True)
    assert BeautifulSoup(settings.content, "html.parser").find(id=link.partition("#")[2])
    navigation(factories.blog_index())
    assert "nothing leads readers" not in words(publish(publisher, article))


def test_the_first_on_a_list_that_only_a_text_links_to_is_told_once(publisher, navigation):
    factories.standard(body=factories.paragraph(factories.link(factories.blog_index())))
    response = publish(publisher, factories.article("Sleep", live=False))
    assert "“Sleep” is the first on “Blog”, which is not in the navigation." in words(response)
    assert "Add it to the navigation" in buttons_of(response)
    assert "the navigation" not in words(publish(publisher, factories.article(live=False)))


def test_the_first_on_a_list_in_the_navigation_needs_no_word(publisher, navigation):
    navigation(factories.blog_index())
    assert "the navigation" not in words(publish(publisher, factories.article(live=False)))


def test_a_page_of_its_own_that_nothing_links_to_is_told(publisher, navigation):
    page = factories.standard("Alone", live=False)
    assert "Nothing leads readers to “Alone”" in words(publish(publisher, page))
    factories.article(body=factories.paragraph(factories.link(page)))
    assert "leads readers" not in words(publish(publisher, page))


@pytest.mark.parametrize("make", [factories.question, factories.article])
def test_what_stands_on_a_list_in_the_navigation_needs_no_word(publisher, navigation, make):
    navigation(factories.faq_index()), navigation(factories.blog_index())
    page = make(live=False)
    assert "leads readers" not in words(publish(publisher, page))


def test_who_publishes_from_the_form_of_a_new_page_is_told_too(publisher):
    add = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", factories.home().pk])
    fields = {"slug": "alone", "body-count": "0", "action-publish": "1"}
    response = send(signed_in(publisher), add, title="Alone", **fields)
    assert "Nothing leads readers to “Alone”" in words(response)


def test_a_comment_that_waits_is_first_on_the_home_of_who_publishes(page, author, publisher):
    Comment.objects.create(page=page, user=author, text="Is <b>this</b> still so?", contentpath="title")
    home = BeautifulSoup(signed_in(publisher).get(reverse("wagtailadmin_home")).content, "html.parser")
    first = home.find(id="to-do-section").li
    assert "Is <b>this</b> still so?" in first.get_text()
    assert f"?comment={Comment.objects.get().pk}" in first.a["href"]
