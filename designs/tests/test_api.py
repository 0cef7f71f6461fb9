import json

import pytest
from rest_framework.test import APIClient

from billing.models import Guardrails, Price
from designs.models import Design, Image, Run
from designs.tests.factories import (
    FLAT,
    FOLDED,
    DesignFactory,
    ImageFactory,
    RunFactory,
    bearer,
    drawn_image,
    pick,
    ready_proof,
)

pytestmark = pytest.mark.usefixtures("shelf")
STRANGER = "3f0c8d0e-0000-4000-8000-000000000000"


@pytest.fixture
def client():
    return APIClient()


def owner(design):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=bearer(design)["Authorization"])
    return client


def test_formats_are_listed_with_their_price(client):
    Price.objects.create(format_code=FOLDED, amount_minor=599)
    body = client.get("/api/v1/formats/").json()

    codes = [row["code"] for row in body["results"]]
    assert codes == [FOLDED, FLAT, *(f"calendar-wall-{shape}" for shape in ("landscape", "portrait", "square"))]
    folded = body["results"][0]
    assert (folded["width_mm"], folded["height_mm"], folded["max_pictures"]) == (127.0, 177.8, 3)
    assert folded["price"] == {"amount_minor": 599, "currency": "USD", "text": "$5.99"}
    assert folded["positions"][0] == {"position": "front", "title": "Front", "picture": True}
    assert body["results"][1]["price"] is None


def test_styles_and_fonts_are_listed(client):
    styles = client.get("/api/v1/styles/").json()["results"]
    fonts = client.get("/api/v1/fonts/").json()["results"]

    assert (len(styles), styles[1]["code"], styles[1]["swatch"][0]) == (19, "watercolor", "#7fa9c9")
    assert fonts[0] == {"code": "playfair-display", "title": "Playfair Display", "kind": "serif"}


def test_usage_tells_what_may_be_made_now(client, fake):
    body = client.get("/api/v1/usage/?kind=card").json()

    assert {stage: row["count"] for stage, row in body.items()} == {"candidate": 4, "revision": 1, "final": 4}
    assert body["candidate"]["allowed"] is True
    calendar = client.get("/api/v1/usage/?kind=calendar").json()
    assert {stage: row["count"] for stage, row in calendar.items()} == {"page": 13, "revision": 1, "final": 4}
    assert client.get("/api/v1/usage/?kind=spoon").status_code == 400


def test_a_visitors_first_post_makes_a_guest_and_a_design(client):
    answer = client.post("/api/v1/designs/", {"kind": "card", "format": FOLDED})

    assert answer.status_code == 201
    body = answer.json()
    assert [page["position"] for page in body["pages"]] == ["front", "inside-left", "inside-right", "back"]
    assert body["pages"][0]["lettering"]["font"] == "playfair-display"
    assert (body["images"], body["runs"], body["proof"], body["state"]) == ([], [], None, "draft")
    assert client.get(f"/api/v1/designs/{body['id']}/").json()["id"] == body["id"]


def test_one_design_too_many_is_429_and_says_when_to_come_back(client):
    Guardrails.objects.create(designs_per_day=1)
    wanted = {"kind": "card", "format": FLAT}
    answers = [client.post("/api/v1/designs/", wanted) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 429]
    error = answers[1].json()["error"]
    assert (error["code"], error["details"]["limit"]) == ("quota_spent", 1)
    assert error["details"]["resets_at"].endswith("T00:00:00+00:00")


def test_repeating_a_post_with_its_key_begins_one_design():
    client, headers = owner(DesignFactory()), {"HTTP_IDEMPOTENCY_KEY": "k1"}
    asked = {"kind": "card", "format": FLAT}
    first = client.post("/api/v1/designs/", asked, **headers).json()

    assert client.post("/api/v1/designs/", asked, **headers).json() == first
    other = client.post("/api/v1/designs/", {"kind": "card", "format": FOLDED}, **headers)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "idempotency_key_reused")
    assert Design.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_the_callers_own_in_a_fixed_number_of_queries(count, django_assert_num_queries):
    design = DesignFactory()
    for _ in range(count - 1):
        DesignFactory(account=design.account, shop=design.shop)
    for mine in Design.objects.all():
        pick(mine, ImageFactory(design=mine))
    DesignFactory()
    client = owner(design)

    with django_assert_num_queries(5):
        body = client.get("/api/v1/designs/").json()
    assert len(body["results"]) == count
    assert body["results"][0]["cover"]["tier"] == "draft"


@pytest.mark.parametrize("count", [1, 3])
def test_a_design_shows_all_of_itself_in_a_fixed_number_of_queries(count, fake, drain, django_assert_num_queries):
    design = DesignFactory(format_id=FOLDED)
    for _ in range(count):
        run = RunFactory(design=design)
        call = run.calls.create(number=0, position="front", provider="fake", request={}, share_micros=0)
        pick(design, ImageFactory(design=design, call=call))
    client = owner(design)

    with django_assert_num_queries(10):
        body = client.get(f"/api/v1/designs/{design.pk}/").json()
    assert (len(body["runs"]), len(body["images"]), len(body["pages"])) == (count, count, 4)
    assert [len(run["images"]) for run in body["runs"]] == [1] * count


def test_an_image_is_shown_small_and_its_full_file_nowhere():
    design = DesignFactory()
    image = drawn_image(design)
    pick(design, image)
    client = owner(design)
    text = client.get(f"/api/v1/designs/{design.pk}/").content.decode()
    shown = json.loads(text)["images"][0]

    assert client.get(shown["thumb_url"]).headers["Content-Type"] == "image/webp"
    assert client.get(shown["url"]).status_code == 200
    assert image.file not in text


def test_a_page_is_written_and_says_what_was_taken_out():
    design = DesignFactory()
    answer = owner(design).put(
        f"/api/v1/designs/{design.pk}/pages/front/", {"prompt": "a fox, mail ada@example.com", "words": "Hi\n Ada "}
    )

    assert answer.status_code == 200
    assert answer.json()["notices"] == ["We took an email address out of your prompt."]
    assert (answer.json()["prompt"], answer.json()["words"]) == ("a fox, mail", "Hi\n Ada")


BAD_PAGES = [
    ({"prompt": "x" * 10_000}, "prompt"),
    ({"prompt": None}, "prompt"),
    ({"prompt": ["x"]}, "prompt"),
    ({"words": "\U0001f389"}, "words"),
    ({"words": "a\x00b"}, "words"),
    ({"style": "airbrush"}, "style"),
    ({"picks": ["nonsense"]}, "picks"),
    ({"picks": [STRANGER]}, "picks"),
    ({"lettering": "big"}, "lettering"),
    ({"crop": [1]}, "crop"),
    ([], "non_field_errors"),
]


@pytest.mark.parametrize(("body", "field"), BAD_PAGES)
def test_a_bad_page_gets_a_clear_error_beside_its_field(body, field):
    design = DesignFactory()
    answer = owner(design).put(f"/api/v1/designs/{design.pk}/pages/front/", body, format="json")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert list(answer.json()["error"]["details"]) == [field]


BAD_RUNS = [
    ({"stage": "candidate", "positions": ["cover"]}, 400, "invalid"),
    ({"stage": "paint", "positions": ["front"]}, 400, "invalid"),
    ({"positions": ["front"]}, 400, "invalid"),
    ({"stage": "candidate", "positions": "front"}, 400, "invalid"),
    ({"stage": "candidate", "positions": ["front"], "count": 0}, 400, "invalid"),
    ({"stage": "candidate", "positions": ["front"], "count": 10_000}, 409, "not_allowed"),
    ({"stage": "candidate", "positions": ["front"], "count": 10**30}, 409, "not_allowed"),
    ({"stage": "revision", "positions": ["front"], "parent": STRANGER, "instruction": "warmer"}, 400, "invalid"),
    ({"stage": "final", "positions": ["front"]}, 400, "invalid"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD_RUNS)
def test_a_run_that_cannot_be_gets_a_clear_error_and_starts_nothing(fake, body, status, code):
    design = DesignFactory()
    answer = owner(design).post(f"/api/v1/designs/{design.pk}/runs/", body, format="json")

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert Run.objects.count() == 0


def test_an_empty_prompt_cannot_be_drawn(fake):
    design = DesignFactory()
    design.pages.update(prompt="")
    answer = owner(design).post(f"/api/v1/designs/{design.pk}/runs/", {"stage": "candidate", "positions": ["front"]})

    assert answer.json()["error"]["details"] == {"prompt": ["Front: say in a few words what the picture should show."]}


def test_a_run_goes_from_the_press_to_its_pictures(fake, drain):
    design = DesignFactory()
    client = owner(design)
    path, body = f"/api/v1/designs/{design.pk}/runs/", {"stage": "candidate", "positions": ["front"], "count": 2}
    answer = client.post(path, body, HTTP_IDEMPOTENCY_KEY="k1")
    assert (answer.status_code, answer.json()["state"], answer.json()["progress"]) == (202, "queued", 0)
    assert client.post(path, body, HTTP_IDEMPOTENCY_KEY="k1").json() == answer.json()

    drain(ignore_delays=True)
    run = client.get(answer.headers["Location"]).json()
    assert (run["state"], run["progress"], run["error"], len(run["images"])) == ("done", 100, None, 2)
    assert Image.objects.count() == 2


def test_a_run_is_paused_resumed_and_cancelled(fake):
    design = DesignFactory()
    client = owner(design)
    run = client.post(f"/api/v1/designs/{design.pk}/runs/", {"stage": "candidate", "positions": ["front"]}).json()
    states = [
        client.post(f"/api/v1/runs/{run['id']}/{verb}/").json()["state"] for verb in ("pause", "resume", "cancel")
    ]

    assert states == ["paused", "queued", "cancelled"]
    refusal = client.post(f"/api/v1/runs/{run['id']}/pause/")
    assert (refusal.status_code, refusal.json()["error"]["code"]) == (409, "illegal_move")


def test_strangers_get_404_everywhere(fake):
    design, run = DesignFactory(), RunFactory()
    client, other = owner(design), run.design.pk
    answers = [
        client.get(f"/api/v1/designs/{other}/"),
        client.patch(f"/api/v1/designs/{other}/", {"title": "mine"}),
        client.delete(f"/api/v1/designs/{other}/"),
        client.put(f"/api/v1/designs/{other}/pages/front/", {"prompt": "mine"}),
        client.post(f"/api/v1/designs/{other}/runs/", {"stage": "candidate", "positions": ["front"]}),
        client.get(f"/api/v1/designs/{other}/preview/"),
        client.get(f"/api/v1/runs/{run.pk}/"),
        client.post(f"/api/v1/runs/{run.pk}/cancel/"),
        client.put(f"/api/v1/designs/{design.pk}/pages/cover/", {"prompt": "a fox"}),
        client.get("/api/v1/designs/nonsense/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 10
    assert Design.objects.get(pk=other).title == ""


def test_an_embed_of_another_shop_does_not_see_the_accounts_designs():
    design = DesignFactory()
    elsewhere = DesignFactory(account=design.account)

    assert owner(elsewhere).get(f"/api/v1/designs/{design.pk}/").status_code == 404


def test_a_design_is_renamed_and_deleted():
    design = DesignFactory()
    client = owner(design)

    assert client.patch(f"/api/v1/designs/{design.pk}/", {"title": "Fox", "format": FOLDED}).json()["title"] == "Fox"
    assert client.patch(f"/api/v1/designs/{design.pk}/", {"format": "card-9x9"}).status_code == 400
    assert client.delete(f"/api/v1/designs/{design.pk}/").status_code == 204
    assert client.get(f"/api/v1/designs/{design.pk}/").status_code == 404


def test_a_design_goes_by_its_first_prompt_until_it_is_renamed():
    design = DesignFactory()
    client, address = owner(design), f"/api/v1/designs/{design.pk}/"
    assert client.put(f"{address}pages/front/", {"prompt": "a fox in the rain"}).status_code == 200

    listed = client.get("/api/v1/designs/").json()["results"][0]
    renamed = client.patch(address, {"title": "For Ada"}).json()

    assert (listed["title"], listed["name"]) == ("", "A fox in the rain")
    assert (renamed["title"], renamed["name"]) == ("For Ada", "For Ada")


def test_previews_of_another_format_come_with_an_etag():
    design = DesignFactory()
    pick(design, drawn_image(design))
    client = owner(design)
    answer = client.get(f"/api/v1/designs/{design.pk}/preview/?format={FOLDED}")
    pages = answer.json()["pages"]

    assert [page["position"] for page in pages] == ["front", "inside-left", "inside-right", "back"]
    assert (pages[0]["width"], client.get(pages[0]["url"]).status_code) == (720, 200)
    again = client.get(
        f"/api/v1/designs/{design.pk}/preview/?format={FOLDED}", HTTP_IF_NONE_MATCH=answer.headers["ETag"]
    )
    assert again.status_code == 304
    assert client.get(f"/api/v1/designs/{design.pk}/preview/?format=spoon").status_code == 400


def test_a_ready_proof_is_named_by_its_design():
    proof = ready_proof()

    assert owner(proof.design).get(f"/api/v1/designs/{proof.design_id}/").json()["proof"] == str(proof.pk)


def test_the_schema_describes_every_endpoint_without_a_warning(client):
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator

    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    ours = [path for path in schema["paths"] if ("/designs/" in path or "/runs/" in path) and "/proofs/" not in path]

    assert len(ours) == 11
    assert "get" in schema["paths"]["/api/v1/runs/{id}/"]
