"""Every look has a picture, drawn by the built-in illustrator."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image as Picture

from designs.models import StyleTemplate
from designs.providers.fake import FakeProvider
from designs.studio import sample_files


@pytest.fixture
def drawn(db, settings, tmp_path, monkeypatch):
    settings.CARDMAKER_HOME = tmp_path
    provider = FakeProvider()
    monkeypatch.setattr(sample_files, "image_provider", lambda name: provider)
    return tmp_path / "samples"


@pytest.fixture
def style(db):
    return StyleTemplate.objects.create(code="velvet", title="Velvet", prompt_suffix="soft pastel", swatch=["#884466"])


def test_a_style_on_offer_says_where_its_picture_is_and_gives_it(drawn, style, client):
    offered = {row["code"]: row for row in client.get("/api/v1/styles/").json()["results"]}
    answer = client.get(offered["velvet"]["sample_url"])

    assert Picture.open(BytesIO(answer.content)).size == (480, 480)
    assert answer["Content-Type"] == "image/webp"


def test_a_style_is_drawn_once_and_again_when_its_words_change(drawn, style, client):
    address = reverse("style_sample", args=["velvet"])
    client.get(address)
    client.get(address)
    assert len(list(drawn.iterdir())) == 1

    StyleTemplate.objects.update(prompt_suffix="bold linocut")
    client.get(address)
    assert len(list(drawn.iterdir())) == 2


def test_a_style_that_nobody_offers_has_no_picture(drawn, client):
    assert client.get(reverse("style_sample", args=["nothing"])).status_code == 404


def test_the_console_shows_what_styles_look_like(drawn, style, admin_client):
    listed = admin_client.get(reverse("admin:designs_styletemplate_changelist")).content.decode()
    shown = admin_client.get(reverse("admin:designs_styletemplate_change", args=["velvet"])).content.decode()

    assert f'src="{reverse("style_sample", args=["velvet"])}"' in listed
    assert f'src="{reverse("style_sample", args=["velvet"])}"' in shown
