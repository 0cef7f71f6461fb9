import pytest

URL = "/api/v1/calendar-choices/"
pytestmark = pytest.mark.django_db


def test_everything_a_calendar_can_be_is_listed(client):
    answer = client.get(URL).json()

    assert {"code": "de-AT", "title": "Deutsch (Österreich)"} in answer["locales"]
    assert {"code": "US", "title": "United States"} in answer["countries"]
    assert answer["week_starts"][0] == {"code": 0, "title": "Monday"}
    assert [look["code"] for look in answer["looks"]] == ["classic", "minimal", "bold"]
    assert answer["regions"] == []


def test_regions_of_a_country_are_listed_when_asked_for(client):
    assert {"code": "DE-BY", "title": "Bayern"} in client.get(URL, {"country": "de"}).json()["regions"]


def test_a_country_without_holidays_is_refused(client):
    answer = client.get(URL, {"country": "XX"})

    assert answer.status_code == 400
    assert "country" in answer.json()["error"]["details"]


def test_it_asks_the_database_nothing_of_its_own(client, django_assert_max_num_queries):
    client.get(URL)

    with django_assert_max_num_queries(2):
        client.get(URL)
