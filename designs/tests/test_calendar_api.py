from dataclasses import replace

import pytest
from rest_framework.test import APIClient

from designs.making import generation
from designs.models import Design, Run
from designs.providers.fake import CAPABILITIES
from designs.tests.factories import LANDSCAPE, CalendarFactory, DesignFactory, bearer

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def fake(fake):
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 32})
    return fake


def owner(design):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=bearer(design)["Authorization"])
    return client


def press(design, **body):
    return owner(design).post(f"/api/v1/designs/{design.pk}/runs/", {"stage": "page", **body}, format="json")


def test_a_new_calendar_shows_its_dates_and_its_months():
    body = APIClient().post("/api/v1/designs/", {"kind": "calendar", "format": LANDSCAPE}, format="json").json()

    assert len(body["pages"]) == 13
    assert set(body["calendar"]) == {
        "year",
        "start_month",
        "week_start",
        "week_numbers",
        "locale",
        "look",
        "holidays",
        "dates",
    }
    year = body["calendar"]["year"]
    assert [(page["title"], page["month"]) for page in body["pages"][:3]] == [
        ("Cover", None), ("January", f"{year}-01"), ("February", f"{year}-02"),
    ]  # fmt: skip
    assert body["pages"][0]["crop"] is None


def test_dates_are_changed_one_by_one_and_a_bad_one_is_told_beside_its_field():
    design = CalendarFactory()
    address = f"/api/v1/designs/{design.pk}/"
    body = owner(design).patch(address, {"calendar": {"start_month": 9, "holidays": ""}}, format="json").json()
    bad = owner(design).patch(address, {"title": "New", "calendar": {"start_month": 13}}, format="json")

    assert (body["calendar"]["start_month"], body["calendar"]["year"]) == (9, 2027)
    assert body["pages"][5]["title"] == "January 2028"
    assert (bad.status_code, bad.json()["error"]["details"]["start_month"]) == (400, ["A whole number from 1 to 12."])
    assert Design.objects.get().title == ""


def test_a_card_has_no_calendar():
    design = DesignFactory()

    assert owner(design).get(f"/api/v1/designs/{design.pk}/").json()["calendar"] is None


def test_a_long_prompt_is_refused_and_a_short_one_is_kept_as_a_draft():
    design = CalendarFactory()
    address = f"/api/v1/designs/{design.pk}/pages/month-01/"
    long = owner(design).put(address, {"prompt": "x" * 201}, format="json")
    short = owner(design).put(address, {"prompt": "a"}, format="json")

    assert long.json()["error"]["details"] == {"prompt": ["At most 200 characters, this has 201."]}
    assert (short.status_code, short.json()["prompt"]) == (200, "a")


def filled(prompt, length):
    return prompt + "x" * (length - len(prompt))


@pytest.mark.parametrize(
    ("written", "length", "begins"),
    [
        (filled("Goku on a hill, ", 170), 195, "a spiky-haired martial artist on"),
        (filled("Goku on a hill, ", 200), 200, "hero on a hill, "),
        (filled("Goku on a hill, write to ada@example.com, ", 216), 200, "hero on a hill, write to, "),
    ],
)
def test_a_long_prompt_with_a_name_is_kept_within_its_limit(written, length, begins):
    design = CalendarFactory()

    answer = owner(design).put(f"/api/v1/designs/{design.pk}/pages/month-01/", {"prompt": written}, format="json")

    page = design.pages.get(position="month-01")
    assert (answer.status_code, page.prompt.startswith(begins), len(page.prompt)) == (200, True, length)
    assert len(answer.json()["notices"]) >= 1


def test_a_name_that_nothing_short_enough_stands_for_is_refused_beside_the_field_and_nothing_is_lost():
    design = CalendarFactory()
    before = design.pages.get(position="month-01").prompt
    address = f"/api/v1/designs/{design.pk}/pages/month-01/"

    answer = owner(design).put(address, {"prompt": filled("BMW on a hill, ", 200)}, format="json")

    assert answer.status_code == 400
    assert answer.json()["error"]["details"]["prompt"] == [
        "“BMW” is a protected name, so we wrote “item” instead. With that it has more than 200 characters. "
        "Please shorten it."
    ]
    assert design.pages.get(position="month-01").prompt == before


@pytest.mark.parametrize("crop", [None, {}])
def test_a_crop_can_be_given_back_to_be_found(crop):
    design = CalendarFactory()
    address = f"/api/v1/designs/{design.pk}/pages/cover/"
    owner(design).put(address, {"crop": {"x": 0.2, "y": 0.5, "zoom": 2}}, format="json")

    assert owner(design).put(address, {"crop": crop}, format="json").json()["crop"] is None
    assert design.pages.get(position="cover").crop == {}


def test_a_story_is_proposed_and_not_saved():
    design = CalendarFactory()
    answer = owner(design).post(f"/api/v1/designs/{design.pk}/story/", {"sentence": "We bake"}, format="json")

    assert (answer.status_code, len(answer.json()["pages"])) == (200, 13)
    assert set(design.pages.values_list("prompt", flat=True)) == {"a fox in the snow"}
    assert owner(CalendarFactory()).post(f"/api/v1/designs/{design.pk}/story/", {"sentence": "x"}).status_code == 404
    card = DesignFactory()
    refused = owner(card).post(f"/api/v1/designs/{card.pk}/story/", {"sentence": "We bake"}, format="json")
    assert refused.status_code == 400


def test_a_run_tells_of_every_page(fake):
    design = CalendarFactory()
    started = press(design, positions=["cover", "month-01"], notify_email="robin@example.com")
    generation.execute(started.json()["id"])
    body = owner(design).get(f"/api/v1/runs/{started.json()['id']}/").json()

    assert (started.status_code, Run.objects.get().notify_email) == (202, "robin@example.com")
    assert (body["progress"], body["now"], body["state"]) == (50, None, "running")
    assert body["pages"] == [
        {"position": "cover", "state": "ready", "message": "", "image": body["images"][0]["id"]},
        {"position": "month-01", "state": "waiting", "message": "", "image": None},
    ]
    assert "robin" not in str(body)


@pytest.mark.parametrize("address", ["not an address", "robin@", "a b@example.com"])
def test_an_address_that_is_none_is_refused_beside_its_field(fake, address):
    answer = press(CalendarFactory(), notify_email=address)

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, ["notify_email"])


def test_pages_that_cannot_be_drawn_are_named_by_position(fake):
    design = CalendarFactory()
    design.pages.filter(position="month-02").update(prompt="")
    details = press(design).json()["error"]["details"]

    assert details["month-02"] == details["prompt"]
    assert details["prompt"][0].startswith("February: say what the picture should show")


@pytest.mark.parametrize("count", [1, 3])
def test_a_poll_costs_the_same_with_more_pages_and_nothing_new_costs_one_query(fake, count, django_assert_num_queries):
    design = CalendarFactory()
    started = press(design, positions=design.format.position_names[:count]).json()
    for _ in range(count):
        generation.execute(started["id"])
    client, address = owner(design), f"/api/v1/runs/{started['id']}/"
    with django_assert_num_queries(4):
        etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304
