from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from rest_framework.test import APIClient

from accounts.solving import solve
from billing.models import Hold, Rung
from cardmaker.core.jobs import drain
from designs.models import Call, Image, ProductBrief, Run
from designs.tests.factories import load_reference_rows

BRIEFS = "/api/v1/product-briefs/"
MUG = {"name": "Meadow mug", "description": "A hand-painted ceramic mug in blue. Ask ada@example.com."}
CHOICE = {"angle": ["angle-front", "angle-above"], "background": ["background-white", "background-wood"]}


@pytest.fixture
def studio(db, fake):
    """A merchant at the door: shots and formats are on offer."""
    load_reference_rows()
    call_command("loaddata", "products", verbosity=0)
    return APIClient()


def post(client, address, body, **headers):
    return client.post(address, body, format="json", headers=headers)


def planned(client, variations=3):
    brief = post(client, BRIEFS, MUG).json()
    return post(client, f"{BRIEFS}{brief['id']}/plan/", {"options": CHOICE, "variations": variations}).json()


def press(client, brief, body):
    """A run, with the work that guests are asked to prove."""
    address = f"/api/v1/designs/{brief['design']}/runs/"
    answer = post(client, address, body)
    if answer.status_code != 428:
        return answer
    return post(client, address, body, **{"Proof-Of-Work": solve(answer.json()["error"]["details"]["challenge"])})


def draw(client, brief, **body):
    return press(client, brief, {"stage": "page", **body})


def shown(client, brief):
    return client.get(f"{BRIEFS}{brief['id']}/").json()


def test_a_product_is_taken_in_with_what_its_description_says(studio):
    answer = post(studio, BRIEFS, MUG)

    assert answer.status_code == 201
    body = answer.json()
    assert body["attributes"] == {
        "category": "mug", "materials": ["ceramic"], "colors": ["blue"], "features": ["hand-painted"], "audience": "",
    }  # fmt: skip
    assert body["notices"] == ["We took an email address out of the description."]
    assert ProductBrief.objects.get().description == "A hand-painted ceramic mug in blue. Ask."
    assert (body["format"], body["shots"], body["missing"]) == ("product-square", [], 0)


def test_a_key_is_taken_in_once_an_account(studio):
    first = post(studio, BRIEFS, {**MUG, "key": "A1"})
    again = post(studio, BRIEFS, {**MUG, "key": "A1"})

    assert (again.status_code, again.json()["error"]["code"]) == (409, "known_already")
    assert again.json()["error"]["details"] == {"brief": first.json()["id"]}
    assert post(APIClient(), BRIEFS, {**MUG, "key": "A1"}).status_code == 201


def test_corrected_attributes_describe_the_planned_shots_anew(studio):
    brief = planned(studio, 2)
    address = f"{BRIEFS}{brief['id']}/"
    assert brief["shots"][0]["prompt"].startswith("Product picture of a hand-painted, blue ceramic mug; seen")

    body = studio.patch(address, {"attributes": {"colors": ["red"], "features": []}}, format="json").json()
    bad = studio.patch(address, {"attributes": {"size": "big"}}, format="json").json()

    assert body["attributes"]["colors"] == ["red"]
    assert body["shots"][0]["prompt"].startswith("Product picture of a red ceramic mug; seen")
    assert "only category, audience, materials" in bad["error"]["details"]["attributes"][0]


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"options": {"mood": []}, "variations": 1}, "options", "There is no mood; only"),
        (
            {"options": {"angle": ["background-white"]}, "variations": 1},
            "options",
            "There is no angle “background-white”.",
        ),
        ({"options": {}, "variations": 201}, "variations", "Choose between 1 and 200."),
        ({"options": {}}, "variations", "Please fill this in."),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused_and_keeps_the_old_one(studio, body, field, message):
    brief = planned(studio, 2)
    answer = post(studio, f"{BRIEFS}{brief['id']}/plan/", body)

    assert answer.status_code == 400
    assert answer.json()["error"]["details"][field][0].startswith(message)
    assert len(shown(studio, brief)["shots"]) == 2


def test_shots_are_drawn_once_each_in_one_run_with_one_hold(studio, fake):
    brief = planned(studio, 3)
    run = draw(studio, brief, ceiling_micros=brief["price_micros"])
    drain()
    again = draw(studio, brief)

    assert run.status_code == 202
    body = shown(studio, brief)
    assert [len(shot["images"]) for shot in body["shots"]] == [1, 1, 1]
    assert [shot["picked"] for shot in body["shots"]] == [None, None, None]
    assert (body["missing"], body["price_micros"]) == (0, 0)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "nothing_to_do")
    assert (Run.objects.count(), Hold.objects.count(), len(fake.requests)) == (1, 1, 3)


def test_planning_again_keeps_what_is_drawn_and_replaces_the_rest(studio):
    brief = planned(studio, 2)
    draw(studio, brief)
    drain()
    first = shown(studio, brief)["shots"]

    more = post(studio, f"{BRIEFS}{brief['id']}/plan/", {"options": CHOICE, "variations": 2}).json()
    fewer = post(studio, f"{BRIEFS}{brief['id']}/plan/", {"options": CHOICE, "variations": 1}).json()

    assert [shot["position"] for shot in more["shots"]] == ["shot-001", "shot-002", "shot-003", "shot-004"]
    assert len({frozenset(shot["options"].values()) for shot in more["shots"]}) == 4
    assert [shot["position"] for shot in fewer["shots"]] == ["shot-001", "shot-002", "shot-003"]
    assert [shot["images"][0]["id"] for shot in fewer["shots"][:2]] == [shot["images"][0]["id"] for shot in first]


def test_a_ceiling_below_the_price_begins_nothing(studio, fake):
    brief = planned(studio, 3)
    answer = draw(studio, brief, ceiling_micros=brief["price_micros"] - 1)

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "over_ceiling")
    assert answer.json()["error"]["details"] == {
        "price_micros": brief["price_micros"], "ceiling_micros": brief["price_micros"] - 1,
    }  # fmt: skip
    assert (Run.objects.count(), Hold.objects.count(), fake.requests) == (0, 0, [])


@pytest.mark.parametrize(("rungs", "status"), [(True, 202), (False, 409)])
def test_a_hundred_and_twenty_shots_are_one_run_on_the_ladder_as_it_is_shipped(studio, fake, rungs, status):
    call_command("loaddata", "guardrails", verbosity=0)
    if not rungs:
        Rung.objects.filter(kind="product_image").delete()
    brief = planned(studio, 120)
    fake.capabilities = replace(fake.capabilities, prices={"draft": 100, "final": 100})
    run = draw(studio, brief)

    assert run.status_code == status
    assert Call.objects.count() == (120 if rungs else 0)


def test_a_picked_shot_is_finalized_at_full_size(studio):
    brief = planned(studio, 2)
    draw(studio, brief)
    drain()
    shot = shown(studio, brief)["shots"][1]
    design = f"/api/v1/designs/{brief['design']}/"
    picked = studio.put(f"{design}pages/{shot['position']}/", {"picks": [shot["images"][0]["id"]]}, format="json")
    final = press(studio, brief, {"stage": "final", "positions": [shot["position"]]})
    drain()

    assert (picked.status_code, final.status_code) == (200, 202)
    assert Image.objects.filter(tier="final", position="shot-002").count() == 1
    assert shown(studio, brief)["shots"][1]["picked"] == shot["images"][0]["id"]


def test_a_sheet_takes_every_row_it_can(studio):
    file = b"sku,name,description\nA1,Mug,A blue mug\nA2,,No name\nA3,Taylor Swift cup,\n"
    send = lambda: studio.post(  # noqa: E731
        f"{BRIEFS}sheet/", {"file": SimpleUploadedFile("products.csv", file)}, format="multipart"
    )
    first, second = send(), send()

    assert [brief["source_key"] for brief in first.json()["briefs"]] == ["A1"]
    assert [row["line"] for row in first.json()["refused"]] == [3, 4]
    assert (first.json()["known"], second.json()["known"], second.json()["briefs"]) == (0, 1, [])


def test_a_stranger_finds_no_brief(studio):
    brief = planned(studio, 1)
    stranger = APIClient()

    assert stranger.get(f"{BRIEFS}{brief['id']}/").status_code == 404
    assert stranger.patch(f"{BRIEFS}{brief['id']}/", {"attributes": {}}, format="json").status_code == 404
    assert post(stranger, f"{BRIEFS}{brief['id']}/plan/", {"variations": 1}).status_code == 404
    assert stranger.get(BRIEFS).json()["results"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_briefs_and_their_shots_cost_the_same_queries(studio, count, django_assert_num_queries):
    for _ in range(count):
        brief = planned(studio, count)
    with django_assert_num_queries(4):
        studio.get(BRIEFS)
    with django_assert_num_queries(9):
        studio.get(f"{BRIEFS}{brief['id']}/")


def test_the_options_are_listed_axis_by_axis(studio):
    results = studio.get("/api/v1/shot-options/").json()["results"]

    assert [axis["axis"] for axis in results] == ["angle", "background", "light", "season", "market"]
    assert results[0]["options"][0] == {"code": "angle-front", "title": "Straight on"}


def test_the_pages_of_products_open_for_anybody_and_show_nobodys_product(studio):
    brief = planned(studio, 1)
    stranger = APIClient()

    assert "Square, 1 : 1" in stranger.get("/studio/products/").content.decode()
    page = stranger.get(f"/studio/products/{brief['id']}/")
    assert (page.status_code, "Meadow" in page.content.decode()) == (200, False)


def test_a_run_under_way_is_named_so_that_a_reload_goes_on_with_it(studio):
    brief = planned(studio, 2)
    assert brief["run"] is None

    run = draw(studio, brief).json()
    assert shown(studio, brief)["run"] == run["id"]
    drain()
    assert shown(studio, brief)["run"] is None
