"""Registering our webhooks at the sandbox's Printify."""

from urllib.parse import urlsplit

import pytest

from fulfillment.management.commands.connect_printify import connect
from fulfillment.suppliers.base import SupplierRejected
from fulfillment.suppliers.printify_words import TOPICS
from fulfillment.suppliers.tests.sandboxed import printify_at

pytestmark = pytest.mark.sandbox
OURS = "https://cards.example.com/api/v1/webhooks/printify/"


@pytest.fixture
def printify(sandbox, settings):
    """A shop that tells nobody anything."""
    settings.PUBLIC_URL = "https://cards.example.com"
    printify = printify_at(sandbox)
    for hook in printify.webhooks():
        printify.remove_webhook(hook["id"], urlsplit(hook["url"]).netloc)
    return printify


def registered(printify):
    return [(hook["topic"], hook["url"]) for hook in printify.webhooks()]


def test_every_topic_is_registered_once(printify):
    assert [connect(printify, renew=False), connect(printify, renew=False)] == [(6, 0), (0, 0)]
    assert registered(printify) == [(topic, OURS) for topic in TOPICS]


def test_other_addresses_are_left_alone_and_our_old_one_is_replaced(printify):
    printify.register_webhook("order:updated", "https://elsewhere.example.com/hook", "s")
    printify.register_webhook("order:updated", "https://cards.example.com/old", "s")

    assert connect(printify, renew=False) == (6, 1)
    assert ("order:updated", "https://elsewhere.example.com/hook") in registered(printify)


def test_all_of_ours_are_renewed_after_a_change_of_the_secret(printify):
    connect(printify, renew=False)

    assert connect(printify, renew=True) == (6, 6)
    assert registered(printify) == [(topic, OURS) for topic in TOPICS]


def test_a_webhook_is_removed_by_its_own_host_only(printify):
    connect(printify, renew=False)

    with pytest.raises(SupplierRejected):
        printify.remove_webhook(printify.webhooks()[0]["id"], "elsewhere.example.com")
