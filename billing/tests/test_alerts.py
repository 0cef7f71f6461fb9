import pytest
from django.core import mail

from billing import alerts
from billing.budget import release
from billing.caps import spread
from billing.models import AlertSent, Budget, Guardrails
from billing.tests.conftest import NOON
from cardmaker.core.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_the_platform(limits):
    Guardrails.objects.update(
        ai_cap_account_month_micros=None, ai_cap_shop_month_micros=None, ai_cap_month_micros=1_000
    )


def sent():
    return list(AlertSent.objects.order_by("pk").values_list("budget__scope", "percent", "committed_micros"))


def test_nothing_is_said_below_the_first_step(only_the_platform, hold):
    hold(amount=699)

    assert sent() == []


def test_each_step_alerts_once_a_period(only_the_platform, hold, drain, settings):
    hold(amount=700)
    release("run:1", key="release:1", share_micros=100, at=NOON)
    hold(key="run:2", amount=100)
    hold(key="run:3", amount=160)

    assert sent() == [("platform", 70, 700), ("platform", 85, 860)]
    assert drain(ignore_delays=True) == 2
    assert [(message.subject, message.to) for message in mail.outbox] == [
        ("The ai budget of the month has reached 70 %", [settings.OPS_EMAIL]),
        ("The ai budget of the month has reached 85 %", [settings.OPS_EMAIL]),
    ]
    assert "$0.0007 of $0.001" in mail.outbox[0].body


def test_the_next_period_alerts_anew(only_the_platform, hold):
    hold(amount=700)
    hold(key="run:2", amount=700, at=NOON.replace(month=12))

    assert sent() == [("platform", 70, 700), ("platform", 70, 700)]


def test_a_jump_past_several_steps_gives_each(only_the_platform, hold):
    hold(amount=1_000)

    assert [percent for _, percent, _ in sent()] == [70, 85, 95]


def test_passing_the_cap_alerts_for_an_account_too(limits, hold, pay):
    hold(amount=1_000)
    pay(share=1_000, actual=1_001)

    assert sent() == [("account", AlertSent.OVER_CAP, 1_001)]


def test_a_lowered_cap_is_seen_by_the_watch_once(only_the_platform, hold):
    hold(amount=600)
    Guardrails.objects.update(ai_cap_month_micros=500)
    spread(at=NOON)
    for _ in range(2):
        alerts.watch()

    assert [percent for _, percent, _ in sent()] == [70, 85, 95, 100]
    assert Job.objects.filter(kind=alerts.SEND_ALERT).count() == 4
    assert Budget.objects.get(scope="platform").alert_at_micros is None


def test_changed_percents_do_not_repeat_what_was_said(only_the_platform, hold):
    hold(amount=700)
    Guardrails.objects.update(alert_percents=[50, 70])
    spread(at=NOON)
    alerts.watch()

    assert [percent for _, percent, _ in sent()] == [70, 50]
