import pytest
from rest_framework.test import APIClient

from designs.imaging.forms import CHOICES
from designs.tests.factories import DesignFactory, bearer

pytestmark = pytest.mark.usefixtures("shelf")


def save(design, **lettering):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=bearer(design)["Authorization"])
    body = {"words": "Happy Birthday", "lettering": lettering}
    return client.put(f"/api/v1/designs/{design.pk}/pages/front/", body, format="json")


def test_the_choices_of_lettering_are_offered_and_every_one_of_them_is_taken(client):
    offered = client.get("/api/v1/lettering/").json()
    design = DesignFactory()

    assert [row["code"] for row in offered["forms"]] == [choice.code for choice in CHOICES]
    assert offered["layouts"] == ["top", "center", "bottom"]
    for name, field in (("sizes", "size"), ("aligns", "align"), ("layouts", "layout"), ("colors", "color")):
        assert [save(design, **{field: value}).status_code for value in offered[name]] == [200] * len(offered[name])
    assert [save(design, form=row["code"]).json()["lettering"]["form"] for row in offered["forms"]] == [
        choice.code for choice in CHOICES
    ]


def test_a_form_that_does_not_exist_is_refused_beside_the_lettering():
    answer = save(DesignFactory(), form="spiral")

    assert answer.status_code == 400
    assert answer.json()["error"]["details"]["lettering"][0].startswith("form: must be one of plain, centered, arched")
