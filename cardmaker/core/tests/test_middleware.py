import pytest
from django.http import HttpResponse

from cardmaker.core.middleware import ClientAddress, client_address

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "203.0.113.9", PROXY),  # nobody is trusted, so the header is a visitor's own word
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # forged on the left
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", PROXY),  # shorter than our own proxies would make it
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "not an address", PROXY),
        (1, "", PROXY),
    ],
)
def test_the_address_counts_from_the_right(rf, settings, hops, forwarded, address):
    settings.TRUSTED_PROXIES = hops

    assert client_address(rf.get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_the_middleware_notes_it_on_the_request(rf):
    request = rf.get("/", REMOTE_ADDR="203.0.113.9")

    ClientAddress(lambda request: HttpResponse())(request)

    assert request.client_ip == "203.0.113.9"
