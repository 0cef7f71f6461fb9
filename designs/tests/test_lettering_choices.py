import pytest
from rest_framework.test import APIClient

from designs.imaging.forms import CHOICES
from designs.imaging.lettering import Lettering
from designs.tests.factories import DesignFactory, bearer

pytestmark = pytest.mark.usefixtures("shelf")


def save(design, **lettering):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=bearer(design)["Authorization"])
    body = {"words": "Happy Birthday", "lettering": lettering}
    return client.put(f"/api/v1/designs/{design.pk}/pages/front/", body, format="json")


def test_the_choices_of_lettering_are_offered_and_can_be_read(client):
    offered = client.get("/api/v1/lettering/").json()

    assert [row["code"] for row in offered["forms"]] == [choice.code for choice in CHOICES]
    assert offered["layouts"] == ["top", "center", "bottom"]
    fields = {"sizes": "size", "aligns": "align", "layouts": "layout", "plates": "plate", "colors": "color"}
    for name, field in fields.items():
        assert [getattr(Lettering.parse({field: value}), field) for value in offered[name]] == offered[name]
    for row in offered["forms"]:
        assert Lettering.parse({"form": row["code"]}).form == row["code"]


def test_a_form_is_kept_with_its_page():
    answer = save(DesignFactory(), form="arched")

    assert (answer.status_code, answer.json()["lettering"]["form"]) == (200, "arched")


def test_a_form_that_does_not_exist_is_refused_beside_the_lettering():
    answer = save(DesignFactory(), form="spiral")

    assert answer.status_code == 400
    assert answer.json()["error"]["details"]["lettering"][0].startswith("form: must be one of plain, centered, arched")
