"""The private beta: who is listed gets in, and nobody by a header of their own."""

import pytest
from django.test import Client

from accounts.models import BetaEntry

pytestmark = pytest.mark.django_db
LISTED, STRANGER, PROXY = "203.0.113.7", "198.51.100.9", "10.0.0.1"


@pytest.fixture
def beta(settings):
    settings.PRIVATE_BETA = True
    BetaEntry.objects.create(kind=BetaEntry.Kind.NETWORK, value="203.0.113.0/24")
    return settings


def sign_up(address, forwarded=""):
    """Whether somebody from there may sign up with an address that nobody listed."""
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    body = {"email": "grace@example.com", "password1": "correct horse battery", "password2": "correct horse battery"}
    answer = Client(REMOTE_ADDR=address).post("/accounts/signup/", body, **headers)
    return "private beta" not in answer.content.decode()


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "lets_in"),
    [
        (0, LISTED, "", True),
        (0, STRANGER, "", False),
        (0, STRANGER, LISTED, False),  # without a proxy of ours the header is a visitor's own word
        (0, LISTED, STRANGER, True),
        (1, PROXY, LISTED, True),
        (1, PROXY, STRANGER, False),
        (1, PROXY, f"{LISTED}, {STRANGER}", False),  # what stands left of ours was written by the visitor
        (1, PROXY, f"{STRANGER}, {LISTED}", True),
        (1, PROXY, "", False),
        (1, PROXY, "not an address", False),
    ],
)
def test_a_listed_network_gets_in_and_a_forged_header_does_not(beta, proxies, address, forwarded, lets_in):
    beta.TRUSTED_PROXIES = proxies
    beta.ALLAUTH_TRUSTED_PROXY_COUNT = 0  # its own limits are not what is asked here

    assert sign_up(address, forwarded) is lets_in


def test_a_change_of_the_list_acts_at_once(beta):
    assert not sign_up(STRANGER)
    entry = BetaEntry.objects.create(kind=BetaEntry.Kind.NETWORK, value=f"{STRANGER}/32")
    assert sign_up(STRANGER)
    entry.delete()
    assert not sign_up(STRANGER)
