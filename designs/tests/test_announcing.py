from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from cardmaker.core.models import Job
from designs.lifecycle import delete_design
from designs.making import announcing, generation
from designs.making.generation import start_run
from designs.models import Run
from designs.providers.fake import CAPABILITIES
from designs.tests.factories import NOON, AccountFactory, CalendarFactory

pytestmark = pytest.mark.usefixtures("shelf")
ADDRESS = "robin@example.com"


@pytest.fixture
def fake(fake):
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 32})
    return fake


def pressed(design, *positions, email=ADDRESS, at=NOON):
    return start_run(design, stage="page", positions=positions or ["cover", "month-01"], notify_email=email, at=at)


def told():
    return [(sent.to, sent.subject) for sent in mail.outbox]


def test_a_guest_hears_of_the_beginning_and_of_the_preview_once_each(fake, drain):
    run = pressed(CalendarFactory(title="Our year"))
    drain(ignore_delays=True)
    for _ in range(2):
        announcing.mail_started(str(run.pk))
        announcing.mail_ended(str(run.pk))

    assert told() == [([ADDRESS], "We are making Our year"), ([ADDRESS], "Our year is ready to look at")]
    assert f"/studio/calendar/{run.design_id}/" in mail.outbox[1].body
    assert "in the browser you started in" in mail.outbox[1].body


def test_a_person_is_written_to_without_giving_an_address(fake, drain):
    account = AccountFactory(kind="person", user=User.objects.create_user("ada@example.com"))
    pressed(CalendarFactory(account=account), email="")
    drain(ignore_delays=True)

    assert [sent.to for sent in mail.outbox] == [["ada@example.com"]] * 2
    assert "browser" not in mail.outbox[1].body


def test_a_guest_without_an_address_gets_no_mail(fake, drain):
    pressed(CalendarFactory(), email="")
    drain(ignore_delays=True)

    assert told() == []


@pytest.mark.parametrize(("email", "mails"), [("", 0), (ADDRESS, 2)])
def test_a_single_page_is_news_only_for_who_asks(fake, drain, email, mails):
    account = AccountFactory(kind="person", user=User.objects.create_user("ada@example.com"))
    pressed(CalendarFactory(account=account), "month-03", email=email)
    drain(ignore_delays=True)

    assert len(told()) == mails


def test_a_run_that_failed_is_told_with_its_reason(fake, drain):
    fake.reject = "quota_or_credit"
    pressed(CalendarFactory(title="Our year"))
    drain(ignore_delays=True)

    assert told()[1] == ([ADDRESS], "Our year could not be made yet")
    assert "The provider's credit is used up." in mail.outbox[1].body


def test_missing_pages_are_named_in_the_mail(fake, drain, monkeypatch):
    design = CalendarFactory()
    run = pressed(design, "cover", "month-03", "month-07")
    run.calls.exclude(position="cover").update(outcome="failed", error="no")
    drain(ignore_delays=True)

    assert "Only March and July could not be drawn." in mail.outbox[1].body


def test_a_run_that_takes_long_is_told_once(fake):
    run = pressed(CalendarFactory(title="Our year"), at=timezone.now() - timedelta(minutes=21))
    for _ in range(2):
        generation.wake_runs()
    jobs = Job.objects.filter(kind=announcing.MAIL_DELAYED)
    assert list(jobs.values_list("subject", flat=True)) == [str(run.pk)]

    announcing.mail_delayed(str(run.pk))
    Run.objects.update(state="done")
    announcing.mail_delayed(str(run.pk))
    assert told() == [([ADDRESS], "Our year takes a little longer")]


def test_nobody_hears_of_a_deleted_calendar(fake):
    run = pressed(CalendarFactory())
    delete_design(run.design, at=NOON)
    announcing.mail_ended(str(run.pk))

    assert told() == []


def test_a_mail_that_could_not_be_sent_is_sent_by_the_next_attempt(fake, drain, monkeypatch):
    run = pressed(CalendarFactory(title="Our year"))

    def down(*given, **named):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", down)
        with pytest.raises(ConnectionError):
            announcing.mail_started(str(run.pk))
    announcing.mail_started(str(run.pk))

    assert told() == [([ADDRESS], "We are making Our year")]


@pytest.mark.parametrize(("point", "sent"), [("designs.mail.claimed", 0), ("designs.mail.sent", 1)])
def test_a_worker_killed_while_it_mails_sends_no_second_one(fake, monkeypatch, point, sent):
    class Killed(BaseException):
        """The worker died here."""

    def die(name):
        if name == point:
            raise Killed

    run = pressed(CalendarFactory())
    with monkeypatch.context() as dying:
        dying.setattr(announcing.crash, "point", die)
        with pytest.raises(Killed):
            announcing.mail_started(str(run.pk))
    announcing.mail_started(str(run.pk))

    assert len(told()) == sent
