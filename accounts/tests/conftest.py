from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import Account, Shop, User

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PASSWORD = "a long enough pass phrase"


@pytest.fixture(autouse=True)
def fresh_limits():
    """allauth counts attempts in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def house(db):
    return Shop.objects.house()


@pytest.fixture
def user(db):
    return User.objects.create_user("ada@example.com", PASSWORD)


@pytest.fixture
def person(user):
    return Account.objects.create(kind="person", user=user)


@pytest.fixture
def verified(user):
    """Without a verified address allauth asks for one more code."""
    return EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.fixture
def guest(db):
    return Account.objects.create()


@pytest.fixture
def only_billing(settings):
    """The dotted functions of the apps below this one in the test: accounts may know none of them."""
    settings.ACCOUNT_MERGE = ["billing.lifecycle.merge"]
    settings.ACCOUNT_EXPORT = ["billing.lifecycle.export"]
    settings.ACCOUNT_ERASE = ["billing.lifecycle.erase"]
