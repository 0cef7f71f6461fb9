import logging

import pytest

from cardmaker.core.logs import RedactTokens, without_query


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/files/eyJ.secret", "/files/[token]"),
        ("/print/s3cret/0a1b.jpg", "/print/[token]/0a1b.jpg"),
        ("/api/v1/webhooks/gooten/s3cret/", "/api/v1/webhooks/gooten/[token]/"),
        ("/api/v1/designs/7/", "/api/v1/designs/7/"),
        ("/shopify/app/?id_token=eyJ.x&shop=a", "/shopify/app/?id_token=[token]&shop=a"),
    ],
)
def test_no_token_reaches_the_log(path, logged):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (path,), None)

    assert RedactTokens().filter(record)

    assert record.getMessage() == f"Not Found: {logged}"


def test_the_filter_is_on_every_handler(settings):
    assert [handler["filters"] for handler in settings.LOGGING["handlers"].values()] == [["tokens"]]


def test_a_report_goes_without_its_query():
    event = {"request": {"url": "https://cards.example.com/shopify/app/", "query_string": "id_token=eyJ.x"}}

    assert without_query(event, {}) == {"request": {"url": "https://cards.example.com/shopify/app/"}}
    assert without_query({}, {}) == {}
