import pytest
from django.core import mail

from accounts.models import User
from cardmaker.core import mails

NAMES = [
    "ops_not_sold", "order_delivered", "order_received", "order_shipped", "run_delayed", "run_failed", "run_ready",
    "run_ready_in_part", "run_started", "verification", "welcome",
]  # fmt: skip


@pytest.fixture
def ops(client, db):
    client.force_login(User.objects.create_superuser("ops@example.com", "x"))
    return client


def test_every_mail_is_named():
    assert [name for name in NAMES if name not in mails.KINDS] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_has_a_subject_a_text_and_html_for_people(name):
    rendered = mails.render(name, mails.KINDS[name].sample())

    assert rendered.subject
    assert "\n" not in rendered.subject
    assert "<" not in rendered.text
    assert "{" not in rendered.text
    assert "<h1" in rendered.html
    assert "{%" not in rendered.html
    assert "None" not in rendered.subject + rendered.text + rendered.html


def test_a_mail_goes_out_in_both_forms_and_not_to_nobody():
    for address in ("robin@example.com", ""):
        mails.send("run_ready", mails.KINDS["run_ready"].sample(), to=address)

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["robin@example.com"], "Our year 2027 is ready to look at")
    ]
    assert [part.mimetype for part in mail.outbox[0].alternatives] == ["text/html"]


def test_ops_see_every_mail_as_it_is_sent(ops):
    listed = ops.get("/admin/mails/").content.decode()

    assert [kind.title for kind in mails.KINDS.values() if kind.title not in listed] == []
    for name in mails.KINDS:
        assert ops.get(f"/admin/mails/{name}/").status_code == 200
    html = ops.get("/admin/mails/run_ready/html/")
    assert "sandbox" in html["Content-Security-Policy"]
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    assert ops.get("/admin/mails/nothing/").status_code == 404


def test_a_visitor_is_shown_no_mail(client, db):
    assert client.get("/admin/mails/").status_code == 302
