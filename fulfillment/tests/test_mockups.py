"""Copying mock-ups: our own file, of a bounded size, and nothing that is no picture."""

import httpx
import numpy as np
import pytest

from cardmaker.core import storage
from cardmaker.core.http import AnswerTooLarge, OutsideClient, OutsideUnavailable
from designs.imaging import encode
from fulfillment.printing import mockups


def answering(monkeypatch, response: httpx.Response) -> None:
    client = OutsideClient("Mock-up", "https://mockups.example", transport=httpx.MockTransport(lambda _: response))
    monkeypatch.setattr(mockups, "foreign_client", lambda name, url: client)


def test_a_mock_up_is_kept_as_a_small_picture_of_our_own(monkeypatch):
    answering(monkeypatch, httpx.Response(200, content=encode.preview_jpeg(np.full((40, 60, 3), 90, np.uint8))))

    name = mockups.copied("https://mockups.example/1.jpg?camera=front")

    assert name.endswith(".webp")
    assert storage.read(name)[8:12] == b"WEBP"


@pytest.mark.parametrize("response", [httpx.Response(404), httpx.Response(200, content=b"<html>"), httpx.Response(302)])
def test_what_is_not_there_or_no_picture_is_asked_for_again(monkeypatch, response):
    answering(monkeypatch, response)

    with pytest.raises(OutsideUnavailable):
        mockups.copied("https://mockups.example/1.jpg")


def test_more_than_a_picture_is_not_read_to_its_end(monkeypatch):
    answering(monkeypatch, httpx.Response(200, content=b"x" * (mockups.LARGEST + 1)))

    with pytest.raises(AnswerTooLarge):
        mockups.copied("https://mockups.example/1.jpg")
