import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import buckets
from accounts.models import User
from designs import lifecycle
from designs.models import ComparedPicture, ComparisonEvent, ComparisonSet, Image
from designs.products import comparing
from designs.products.comparing import SetIsFull, Told
from designs.tests.factories import (
    NOON,
    AccountFactory,
    DesignFactory,
    ImageFactory,
    bearer,
    caller,
    load_reference_rows,
)

SETS = "/api/v1/comparison-sets/"
PAGE = "https://mugs.example.com"


@pytest.fixture
def design(db):
    load_reference_rows()
    return DesignFactory()


@pytest.fixture
def owner(design):
    client = APIClient()
    client.credentials(**{f"HTTP_{name.upper()}": value for name, value in bearer(design).items()})
    return client


def pictures(design, count=2):
    return [ImageFactory(design=design) for _ in range(count)]


def a_set(design, count=2, **fields):
    wanted = [image.pk for image in pictures(design, count)]
    return comparing.create(caller(design), wanted, at=NOON, **fields)


def asked(images, **fields):
    return {"images": [str(image.pk) for image in images], **fields}


def event(image, kind="shown", number=1):
    return {"id": f"{kind}-{number}", "kind": kind, "image": str(getattr(image, "pk", image))}


def numbers(comparison):
    rows = ComparedPicture.objects.filter(comparison=comparison).order_by("place")
    return list(rows.values_list("shown", "clicked", "bought"))


def tell(client, comparison, *events, **headers):
    return client.post(f"{SETS}{comparison.pk}/events/", {"events": list(events)}, format="json", headers=headers)


def beacon(comparison, *events, token=None, origin=PAGE, client=None):
    """As `navigator.sendBeacon` sends it from a page of somebody's."""
    address = f"{SETS}{comparison.pk}/events/?token={token or comparing.token_of(comparison)}"
    body = json.dumps({"events": list(events)})
    return (client or APIClient()).post(
        address, body, content_type="text/plain;charset=UTF-8", headers={"Origin": origin}
    )


def test_a_set_is_made_of_own_pictures_and_read_with_its_figures(design, owner):
    first, second = pictures(design)
    answer = owner.post(SETS, asked([first, second], label=" Summer  shots ", origins=[f"{PAGE}/mug"]), format="json")

    body = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"{SETS}{body['id']}/")
    assert (body["design"], body["label"], body["origins"]) == (str(design.pk), "Summer shots", [PAGE])
    assert [(each["image"], each["place"], each["shown"], each["clicks"]) for each in body["pictures"]] == [
        (str(first.pk), 1, 0, None), (str(second.pk), 2, 0, None),
    ]  # fmt: skip
    assert [statement["state"] for statement in body["statements"]] == ["collecting", "collecting"]
    assert owner.get(f"{SETS}{body['id']}/").json()["id"] == body["id"]


def test_the_same_press_twice_makes_one_set(design, owner):
    body = asked(pictures(design))
    first, again = (
        owner.post(SETS, body, format="json", headers={"Idempotency-Key": "k1"}).json()["id"] for _ in range(2)
    )

    assert (first, ComparisonSet.objects.count()) == (again, 1)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"count": 1}, "images", "Choose 2 to 10 pictures."),
        ({"count": 11}, "images", "Choose 2 to 10 pictures."),
        ({"label": "x" * 81}, "label", "At most 80 characters, this has 81."),
        ({"origins": ["mugs"]}, "origins", "Write the address of a page, such as https://shop.example.com."),
        ({"origins": [PAGE] * 6}, "origins", "At most 5 pages."),
    ],
)
def test_what_is_no_set_is_refused_beside_its_field(design, owner, change, field, message):
    count = change.pop("count", 2)
    answer = owner.post(SETS, asked(pictures(design, count), **change), format="json")

    assert (answer.status_code, answer.json()["error"]["details"][field]) == (400, [message])
    assert ComparisonSet.objects.count() == 0


def test_strangers_pictures_are_not_there(design, owner):
    mine, theirs = ImageFactory(design=design), ImageFactory(design=DesignFactory())
    withheld = ImageFactory(design=design, withheld="banned")

    statuses = [owner.post(SETS, asked([mine, other]), format="json").status_code for other in (theirs, withheld)]
    assert (statuses, APIClient().post(SETS, asked([mine, theirs]), format="json").status_code) == ([404, 404], 404)


def test_pictures_of_two_products_are_not_compared(design, owner):
    other = DesignFactory(account=design.account, shop=design.shop)
    answer = owner.post(SETS, asked([ImageFactory(design=design), ImageFactory(design=other)]), format="json")

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, ["images"])


def test_a_strangers_set_is_not_there(design):
    comparison = a_set(design)
    stranger = APIClient()
    stranger.credentials(**{f"HTTP_{name.upper()}": value for name, value in bearer(DesignFactory()).items()})
    image = comparison.pictures.first().image_id

    assert stranger.get(SETS).json()["results"] == []
    assert [
        stranger.get(f"{SETS}{comparison.pk}/").status_code,
        stranger.delete(f"{SETS}{comparison.pk}/").status_code,
        tell(stranger, comparison, event(image)).status_code,
    ] == [404, 404, 404]
    assert numbers(comparison) == [(0, 0, 0), (0, 0, 0)]


def test_an_event_told_twice_counts_once(design, owner):
    comparison = a_set(design)
    first, second = (each.image_id for each in comparison.pictures.order_by("place"))
    events = [event(first), event(first), event(first, "clicked"), event(second, "shown", 2)]

    assert [tell(owner, comparison, *events).json() for _ in range(2)] == [{"counted": 3}, {"counted": 0}]
    assert numbers(comparison) == [(1, 1, 0), (1, 0, 0)]
    assert tell(owner, comparison, event(second, "bought", 1)).json() == {"counted": 1}
    assert numbers(comparison)[1] == (1, 0, 1)


def test_what_an_event_was_called_is_not_kept(design):
    comparison = a_set(design)
    image = comparison.pictures.first().image_id
    comparing.count(comparison, [Told("order of ada@example.com", "bought", image)], at=NOON)

    assert ComparisonEvent.objects.get().key == hashlib.sha256(b"order of ada@example.com").hexdigest()


@pytest.mark.parametrize(
    "wrong",
    [
        [{"id": "1", "kind": "seen", "image": str(UUID(int=1))}],
        [{"id": "1", "kind": "shown", "image": str(UUID(int=1))}],
        [{"id": "x" * 101, "kind": "shown", "image": str(UUID(int=1))}],
        [],
        [{"id": str(number), "kind": "shown", "image": str(UUID(int=1))} for number in range(51)],
        [7],
        {"id": "1"},
    ],
)
def test_what_is_no_event_counts_nothing(design, owner, wrong):
    comparison = a_set(design)
    answer = owner.post(f"{SETS}{comparison.pk}/events/", {"events": wrong}, format="json")

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, ["events"])
    assert (numbers(comparison), ComparisonEvent.objects.count()) == ([(0, 0, 0), (0, 0, 0)], 0)


def test_a_public_page_tells_with_the_sets_token_and_learns_nothing(design):
    comparison = a_set(design, origins=[PAGE])
    image = comparison.pictures.first().image_id
    told, again = beacon(comparison, event(image)), beacon(comparison, event(image))

    assert [(answer.status_code, answer.content) for answer in (told, again)] == [(204, b""), (204, b"")]
    assert numbers(comparison)[0] == (1, 0, 0)
    token = comparing.token_of(comparison)
    assert APIClient().get(f"{SETS}{comparison.pk}/?token={token}").status_code == 404
    assert APIClient().get(SETS, {"token": token}).json()["results"] == []


def test_the_pages_of_the_shop_may_tell_as_well(design):
    comparison = a_set(design)
    design.shop.allowed_origins = ["https://www.paper.example.com"]
    design.shop.save(update_fields=["allowed_origins"])
    image = comparison.pictures.first().image_id

    assert beacon(comparison, event(image), origin="https://www.paper.example.com").status_code == 204


@pytest.mark.parametrize(
    "origin", ["https://evil.example.com", "null", "", f"{PAGE}.evil.example.com", "http://mugs.example.com"]
)
def test_other_pages_tell_nothing(design, origin):
    comparison = a_set(design, origins=[PAGE])
    answer = beacon(comparison, event(comparison.pictures.first().image_id), origin=origin)

    assert (answer.status_code, numbers(comparison)[0]) == (403, (0, 0, 0))


def test_the_token_of_another_set_opens_nothing(design):
    comparison, other = a_set(design, origins=[PAGE]), a_set(design, origins=[PAGE])
    image = comparison.pictures.first().image_id

    for token in (comparing.token_of(other), "x", "é", str(comparison.pk)):
        assert beacon(comparison, event(image), token=token).status_code == 404
    assert numbers(comparison)[0] == (0, 0, 0)


def test_a_cookie_that_goes_along_decides_nothing(design):
    """A browser sends our session from our own pages, without the CSRF token that a beacon cannot carry."""
    comparison = a_set(design, origins=[PAGE])
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("person@example.com"))

    assert beacon(comparison, event(comparison.pictures.first().image_id), client=client).status_code == 204


def test_one_network_fills_its_share_and_no_more(design, settings):
    settings.SANDBOX = False
    comparison = a_set(design, origins=[PAGE])
    image = comparison.pictures.first().image_id
    flood = [beacon(comparison, *(event(image, number=f"{post}-{each}") for each in range(50))) for post in range(14)]
    elsewhere = comparing.charge(comparison, 50, address="203.0.113.9", at=timezone.now())

    assert {answer.status_code for answer in flood[:12]} == {204}
    assert (flood[13].status_code, "Retry-After" in flood[13], elsewhere) == (429, True, None)
    assert numbers(comparison)[0][0] <= 650


def test_a_set_takes_an_hour_of_a_busy_shop_and_then_waits(design):
    comparison = a_set(design)
    buckets.pour([buckets.Pour(f"comparison:{comparison.pk}", comparing.OF_A_SET, 19_990)], at=NOON)

    with pytest.raises(comparing.TooMuch):
        comparing.charge(comparison, 20, address="203.0.113.9", at=NOON)


def test_a_set_that_is_full_counts_nothing_more(design):
    comparison = a_set(design)
    image = comparison.pictures.first().image_id
    ComparedPicture.objects.filter(image=image).update(shown=comparing.MOST_EVENTS - 1)
    comparing.count(comparison, [Told("1", "shown", image)], at=NOON)
    with pytest.raises(SetIsFull):
        comparing.count(comparison, [Told("2", "shown", image)], at=NOON)

    assert (numbers(comparison)[0][0], ComparisonEvent.objects.count()) == (comparing.MOST_EVENTS, 1)


def test_marks_of_old_events_go_and_their_counts_stay(design):
    comparison = a_set(design)
    image = comparison.pictures.first().image_id
    for number, age in enumerate((31, 29)):
        comparing.count(comparison, [Told(str(number), "shown", image)], at=timezone.now() - timedelta(days=age))
    for _ in range(2):
        comparing.forget_events()

    assert (ComparisonEvent.objects.count(), numbers(comparison)[0]) == (1, (2, 0, 0))


@pytest.mark.parametrize("count", [1, 3])
def test_sets_cost_the_same_queries(design, owner, count, django_assert_num_queries):
    for _ in range(count):
        comparison = a_set(design, 1 + count)
    with django_assert_num_queries(3):
        owner.get(SETS, {"design": str(design.pk)})
    with django_assert_num_queries(3):
        owner.get(f"{SETS}{comparison.pk}/")


@pytest.mark.parametrize("count", [1, 3])
def test_events_cost_the_same_queries(design, count, django_assert_num_queries):
    comparison = a_set(design)
    image = comparison.pictures.first().image_id
    with django_assert_num_queries(7):
        comparing.count(comparison, [Told(str(each), "shown", image) for each in range(count)], at=NOON)


def test_sets_of_one_product_alone_are_listed(design, owner):
    comparison = a_set(design)
    a_set(DesignFactory(account=design.account, shop=design.shop))

    assert [row["id"] for row in owner.get(SETS, {"design": str(design.pk)}).json()["results"]] == [str(comparison.pk)]
    assert len(owner.get(SETS).json()["results"]) == 2
    assert owner.get(SETS, {"design": "x"}).status_code == 400


def test_a_deleted_set_takes_its_figures_along(design, owner):
    comparison = a_set(design)
    comparing.count(comparison, [Told("1", "shown", comparison.pictures.first().image_id)], at=NOON)

    assert owner.delete(f"{SETS}{comparison.pk}/").status_code == 204
    assert (ComparisonSet.objects.count(), ComparedPicture.objects.count(), ComparisonEvent.objects.count()) == (
        0,
        0,
        0,
    )
    assert Image.objects.count() == 2


def test_a_product_has_a_bounded_number_of_sets(design, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_SETS", 1)
    a_set(design)
    with pytest.raises(comparing.BadInput):
        a_set(design)


def test_sets_follow_their_owner_and_are_exported(design):
    comparison, person = a_set(design, label="Summer", origins=[PAGE]), AccountFactory(kind="person")
    image = comparison.pictures.order_by("place").first().image_id
    comparing.count(comparison, [Told("1", "shown", image)], at=NOON)
    lifecycle.merge(design.account, person, at=NOON)

    [row] = lifecycle.export(person)["comparisons"]
    assert (row["label"], row["pages"], row["pictures"][0]) == (
        "Summer", [PAGE], {"image": str(image), "shown": 1, "clicked": 0, "bought": 0},
    )  # fmt: skip
    assert lifecycle.export(design.account)["comparisons"] == []


def test_a_deleted_design_hides_its_sets_at_once_and_takes_them_away(design, owner, drain):
    comparison = a_set(design, origins=[PAGE])
    image = comparison.pictures.first().image_id
    lifecycle.delete_design(design, at=NOON)

    assert (owner.get(SETS).json()["results"], beacon(comparison, event(image)).status_code) == ([], 404)
    drain()
    assert ComparisonSet.objects.count() == 0


def test_ops_see_the_figures_without_the_merchants_words(design, admin_client):
    comparison = a_set(design, label="Summer shots")
    image = comparison.pictures.order_by("place").first().image_id
    comparing.count(comparison, [Told("1", "shown", image), Told("2", "clicked", image)], at=NOON)
    pages = [
        admin_client.get(f"/admin/designs/comparisonset/{where}").content.decode()
        for where in ("", f"{comparison.pk}/change/")
    ]

    assert "100.0% (20.6% to 100.0%)" in pages[1]
    assert "Too early to compare clicks" in pages[1]
    assert not any("Summer shots" in page for page in pages)


@pytest.mark.parametrize("count", [1, 3])
def test_the_console_lists_them_in_as_many_queries(design, admin_client, count, django_assert_max_num_queries):
    for _ in range(count):
        a_set(design)
    admin_client.get("/admin/designs/comparisonset/")
    with django_assert_max_num_queries(7):
        admin_client.get("/admin/designs/comparisonset/")


def test_the_schema_tells_of_all_of_it(client, db):
    paths = json.loads(client.get("/api/v1/schema/", headers={"Accept": "application/json"}).content)["paths"]

    assert [sorted(paths[f"/api/v1/{path}"]) for path in (
        "comparison-sets/", "comparison-sets/{id}/", "comparison-sets/{id}/events/",
    )] == [["get", "post"], ["delete", "get"], ["post"]]  # fmt: skip


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_eight_that_tell_the_same_at_once_count_once():
    load_reference_rows()
    comparison = a_set(DesignFactory())
    image = comparison.pictures.first().image_id

    def told(number):
        try:
            return comparing.count(
                comparison, [Told("same", "shown", image), Told(str(number), "clicked", image)], at=NOON
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(told, range(8)))

    assert (sorted(counted), sorted(numbers(comparison))) == ([1] * 7 + [2], [(0, 0, 0), (1, 8, 0)])
