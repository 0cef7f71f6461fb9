from datetime import UTC, datetime

import pytest

from accounts import lifecycle, tokens
from accounts.models import AccessToken, Account

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_a_guest_who_logs_in_meanwhile_gets_no_key_to_the_persons_things(guest, house, user):
    seen_before = Account.objects.get(pk=guest.pk)
    lifecycle.arrive(user, guest, at=NOON)

    with pytest.raises(tokens.TokenRefused):
        tokens.issue(seen_before, house, at=NOON)

    assert not AccessToken.objects.filter(account=guest).exists()


def test_a_guest_who_is_merged_meanwhile_gets_no_token(guest, house, person):
    seen_before = Account.objects.get(pk=guest.pk)
    lifecycle.merge(guest, person, at=NOON)

    with pytest.raises(tokens.TokenRefused):
        tokens.issue(seen_before, house, at=NOON)

    assert not AccessToken.objects.filter(account=guest).exists()


def test_a_guest_gets_a_token_for_a_month(guest, house):
    text, token = tokens.issue(guest, house, at=NOON)

    assert tokens.token_of(text, at=NOON).account == guest
    assert token.expires_at == NOON + tokens.GUEST_TOKEN_LIFE
