import pytest
from django.urls import reverse

from accounts.models import Shop
from billing.models import Price
from billing.prices import set_price
from cardmaker.core.money import Money
from designs.fonts import FONTS
from designs.providers.fake import FakeProvider
from designs.studio import sample_files
from designs.studio.calendar_samples import SHEETS
from designs.studio.samples import SAMPLES


@pytest.fixture
def drawn(settings, tmp_path, monkeypatch):
    """Samples are drawn by a provider in memory, into an empty folder."""
    settings.CARDMAKER_HOME = tmp_path
    provider = FakeProvider()
    monkeypatch.setattr(sample_files, "image_provider", lambda name: provider)
    return tmp_path / "samples"


def test_landing_leads_into_the_studio_with_every_sample_prompt(db, client):
    html = client.get(reverse("landing")).content.decode()

    assert html.count("<h1") == 1
    assert [sample.name for sample in SAMPLES.values() if reverse("sample", args=[sample.name]) not in html] == []
    assert html.count(f'href="{reverse("studio")}?prompt=') == len(SAMPLES)


def test_landing_says_what_things_cost_in_our_shop_alone(shelf, client):
    Price.objects.all().delete()
    elsewhere = Shop.objects.create(kind="shopify", name="Elsewhere", domain="elsewhere.example.com", currency="USD")
    set_price(Shop.objects.house(), "card-5x7-folded", Money(590, "USD"))
    set_price(elsewhere, "card-5x7-flat", Money(111, "USD"))

    html = client.get(reverse("landing")).content.decode()

    assert "Cards from $5.90." in html
    assert html.count("<dd>$") == 1
    assert "<dt>Folded card, 5 × 7 in</dt><dd>$5.90</dd>" in html


def test_landing_makes_no_guest(db, client):
    client.get(reverse("landing"))

    assert "guest_account" not in client.session


def test_studio_hands_the_prompt_over_escaped_and_cut(db, client):
    html = client.get(reverse("studio"), {"prompt": '"><script>' + "x" * 600}).content.decode()

    assert "<script>x" not in html
    assert f'prompt="&quot;&gt;&lt;script&gt;{"x" * 490}"' in html


def test_studio_names_the_design_and_the_csrf_cookie(db, client, settings):
    design_id = "6f5b1c2d-0000-4000-8000-000000000001"

    response = client.get(reverse("studio_design", args=[design_id]))

    assert f'design="{design_id}"' in response.content.decode()
    assert f'data-cookie="{settings.CSRF_COOKIE_NAME}"' in response.content.decode()
    assert settings.CSRF_COOKIE_NAME in response.cookies


def test_calendar_studio_is_the_same_element_for_another_kind(db, client):
    design_id = "6f5b1c2d-0000-4000-8000-000000000001"

    html = client.get(reverse("calendar_studio_design", args=[design_id])).content.decode()

    assert 'kind="calendar"' in html
    assert f'design="{design_id}"' in html
    assert 'design-path="/studio/calendar/{id}/"' in html


def test_only_a_guest_is_asked_for_an_address(db, client, django_user_model):
    asked = " guest\n" in client.get(reverse("calendar_studio")).content.decode()
    client.force_login(django_user_model.objects.create_user(email="ella@example.com"))

    assert asked
    assert " guest\n" not in client.get(reverse("calendar_studio")).content.decode()


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_sample_sheet_is_next_years_and_drawn_once(db, client, drawn, monkeypatch, name):
    monkeypatch.setattr(sample_files, "next_year", lambda: 2031)

    first = client.get(reverse("sample_sheet", args=[name]))
    second = client.get(reverse("sample_sheet", args=[name]))

    assert first.headers["Content-Type"] == "image/webp"
    assert second.content == first.content
    assert [path.name for path in drawn.iterdir()] == [f"{SHEETS[name].cache_name(2031)}.webp"]


def test_landing_shows_a_calendar_in_every_shape(db, client):
    html = client.get(reverse("landing")).content.decode()

    assert [name for name in SHEETS if reverse("sample_sheet", args=[name]) not in html] == []
    assert reverse("calendar_studio") in html


def test_sample_is_drawn_once_and_kept(db, client, drawn):
    first = client.get(reverse("sample", args=["lighthouse"]))
    kept = sorted(path.name for path in drawn.iterdir())
    second = client.get(reverse("sample", args=["lighthouse"]))

    assert first.headers["Content-Type"] == "image/webp"
    assert second.content == first.content
    assert kept == [f"{SAMPLES['lighthouse'].cache_name}-front.webp"]


@pytest.mark.parametrize(
    "address",
    ["/samples/nothing.webp", "/samples/calendar/round.webp", "/samples/birthday/inside.webp", "/faces/wingdings.webp"],
)
def test_unknown_pictures_are_not_found(db, client, drawn, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", FONTS)
def test_every_font_shows_its_name_in_itself(db, client, drawn, code):
    picture = client.get(reverse("face", args=[code])).content

    assert picture[8:12] == b"WEBP"
    assert len(picture) < 10_000
