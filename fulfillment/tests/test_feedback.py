"""Feedback: anybody can write, bots get nowhere, ops answer by mail, and it can be exported and erased."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts import formstamps, proofofwork
from accounts.models import Account, User
from accounts.proofofwork import challenge
from accounts.solving import solve
from accounts.tokens import issue
from cardmaker.core.jobs import drain
from cardmaker.core.models import IllegalMove
from fulfillment import lifecycle, tasks
from fulfillment.care import feedback
from fulfillment.models import Feedback, FeedbackEntry, Shipment
from fulfillment.retention import purge
from fulfillment.tests.factories import NOON, World

pytestmark = pytest.mark.django_db
FORM, THANKS = "/feedback/", "/feedback/thanks/"
SOON = NOON + timedelta(seconds=20)
HERE = "127.0.0.1"
TYPED = {"subject": "idea", "message": "Envelopes in green, please.", "email": "robin@example.com", "reference": ""}


@pytest.fixture
def noon():
    with time_machine.travel(SOON, tick=False):
        yield


def proof(at=SOON):
    return solve(challenge("feedback", address=HERE, at=at))


def filled(*, at=NOON, **changes):
    return {**TYPED, "stamp": formstamps.stamp(at=at), "proof": proof(), "website": "", **changes}


def given(**changes) -> Feedback:
    return feedback.give(feedback.Message(**{**TYPED, **changes}), account=None, proven=True, at=NOON).feedback


def test_what_somebody_writes_is_kept_sealed(noon, client):
    answer = client.post(FORM, filled(reference="#1042"))

    kept = Feedback.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, THANKS)
    assert (kept.subject, kept.message, kept.email, kept.reference, kept.proven, kept.state) == (
        "idea",
        "Envelopes in green, please.",
        "robin@example.com",
        "#1042",
        True,
        "new",
    )
    raw = Feedback.objects.extra(select={"raw": "message || email || reference"}).values_list("raw", flat=True).get()
    assert "Envelopes" not in raw
    assert "robin" not in raw
    assert "we have it" in client.get(THANKS).content.decode()


def test_a_form_sent_twice_is_kept_once(noon, client):
    form = filled()

    codes = [client.post(FORM, form).status_code for _ in range(2)]

    assert (codes, Feedback.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"message": ""}, "Please write us something."),
        ({"message": "x" * 4_001}, "at most 4000 characters"),
        ({"email": "robin"}, "valid email address"),
        ({"subject": "spoons"}, "Please choose what it is about."),
        ({"reference": "7" * 81}, "at most 80 characters"),
        ({"website": "https://example.com"}, "must stay empty"),
        ({"stamp": "forged"}, "out of date"),
        ({"stamp": ""}, "out of date"),
    ],
)
def test_nothing_typed_is_lost_by_an_error(noon, client, changes, told):
    answer = client.post(FORM, filled(**changes))

    page = answer.content.decode()
    assert (answer.status_code, Feedback.objects.count()) == (400, 0)
    assert told in page
    for field, text in {**TYPED, **changes}.items():
        if field in ("message", "email", "reference"):
            assert text in page


def test_faster_than_anybody_types_is_refused_and_can_be_sent_again(client):
    form = filled(at=NOON)
    with time_machine.travel(NOON + timedelta(seconds=2), tick=False):
        refused = client.post(FORM, form)
        fresh = refused.content.decode().partition('name="stamp" value="')[2].partition('"')[0]
    with time_machine.travel(NOON + timedelta(seconds=6), tick=False):
        again = client.post(FORM, form | {"stamp": fresh})

    assert (refused.status_code, again.status_code, Feedback.objects.count()) == (400, 302, 1)


def test_it_works_without_a_script_a_few_times_an_hour(noon, client):
    codes = [client.post(FORM, filled(proof="")).status_code for _ in range(4)]
    with_script = client.post(FORM, filled())

    assert codes == [302, 302, 302, 429]
    assert with_script.status_code == 302
    assert sorted(Feedback.objects.values_list("proven", flat=True)) == [False, False, False, True]


def test_a_thousand_bot_posts_get_nowhere(noon, monkeypatch):
    monkeypatch.setattr(proofofwork, "ITERATIONS", 1)
    spent, early = proof(), formstamps.stamp(at=SOON)
    bodies = [
        {**TYPED, "message": "Buy spoons"},
        filled(website="spoons"),
        filled(stamp=early),
        filled(stamp="spoons"),
        filled(at=NOON - timedelta(days=2)),
    ]
    bot = Client()
    codes = [bot.post(FORM, bodies[number % len(bodies)]).status_code for number in range(200)]
    assert set(codes) == {400}
    # The same behind the form, where the numbers are: whatever the stamp says, a network has its share and no more.
    feedback.make_room(HERE, proven=True, at=SOON)
    proofofwork.require("feedback", spent, account=None, address=HERE, at=SOON)
    for _ in range(800):  # the ten thousand are in the tests of the proof
        with pytest.raises(proofofwork.ProofNeeded):
            proofofwork.require("feedback", spent, account=None, address=HERE, at=SOON)

    assert Feedback.objects.count() == 0


def test_an_hour_of_one_network_ends_with_429_and_the_text_stays(noon, client):
    for _ in range(20):
        feedback.make_room(HERE, proven=True, at=SOON)

    answer = client.post(FORM, filled())

    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)
    assert "Envelopes in green" in answer.content.decode()


def test_what_does_not_belong_with_us_is_cut_out_and_told(noon, client):
    client.post(FORM, filled(message="My card is 4242 4242 4242 4242, please refund."))

    page = client.get(THANKS).content.decode()

    assert "4242" not in Feedback.objects.get().message
    assert "out of your message" in page
    assert "out of your message" not in client.get(THANKS).content.decode()


def test_it_finds_the_order_by_name_and_by_tracking_number(world: World):
    job = world.print_job()
    Shipment.objects.create(job=job, carrier="USPS", tracking_number="9400-1", shipped_at=NOON)
    order = job.order

    named = [given(reference=text).order for text in (order.name, order.name.lstrip("#"), "9400-1", job.reference)]

    assert named == [order] * 4
    assert given(reference="#0").order is None


# The API


def test_an_app_writes_with_a_proof_and_is_asked_for_one_without(noon):
    guest = APIClient()
    body = {"subject": "other", "message": "Hello."}
    asked = guest.post("/api/v1/feedback/", body)
    challenge_given = asked.json()["error"]["details"]["challenge"]
    headers = {"Proof-Of-Work": solve(challenge_given)}
    taken = guest.post("/api/v1/feedback/", body, headers=headers)
    replayed = guest.post("/api/v1/feedback/", body, headers=headers)

    assert (asked.status_code, asked.json()["error"]["code"]) == (428, "proof_of_work_needed")
    assert (taken.status_code, taken.json()) == (201, {"id": str(Feedback.objects.get().pk), "removed": []})
    assert (replayed.status_code, Feedback.objects.count()) == (428, 1)


def test_a_proof_for_pictures_is_none_for_writing(noon):
    headers = {"Proof-Of-Work": solve(challenge("generation", address=HERE, at=SOON))}

    answer = APIClient().post("/api/v1/feedback/", {"subject": "other", "message": "Hello."}, headers=headers)

    assert answer.status_code == 428


def test_a_person_needs_no_proof_and_errors_stand_beside_their_fields(noon, world: World):
    person = Account.objects.create(kind="person", user=User.objects.create_user("ada@example.com"))
    headers = {"Authorization": f"Bearer {issue(person, world.proof.shop, at=SOON)[0]}"}
    bad = APIClient().post("/api/v1/feedback/", {"subject": "spoon", "message": " "}, headers=headers)
    good = APIClient().post("/api/v1/feedback/", {"subject": "idea", "message": "Hello."}, headers=headers)

    assert (bad.status_code, sorted(bad.json()["error"]["details"])) == (400, ["message", "subject"])
    assert (good.status_code, Feedback.objects.get().account) == (201, person)


# Answers


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("staff@example.com", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_feedback", *permissions]))
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, written: Feedback, verb: str, **body: str) -> int:
    return client.post(reverse("admin:feedback-act", args=[written.pk, verb]), body).status_code


def test_an_answer_goes_out_once_and_stands_in_the_history():
    written, ops = given(), staff("answer_feedback")
    assert act(ops, written, "reply", text="Green it will be.\n\nTracking 9400 1000 0000 0000 0000 00") == 302
    drain(ignore_delays=True)
    entry = FeedbackEntry.objects.get(kind="reply")
    tasks.mail_feedback_reply(str(entry.pk))

    (message,) = mail.outbox
    page = ops.get(reverse("admin:fulfillment_feedback_change", args=[written.pk])).content.decode()
    assert (message.to, message.subject) == (["robin@example.com"], "Our answer to what you wrote")
    assert "9400 1000 0000 0000 0000 00" in message.body
    assert "Envelopes in green, please." in message.body
    assert message.extra_headers["Message-ID"] == f"<feedback_reply.{entry.pk}@cardmaker.example.com>"
    assert Feedback.objects.get().state == "answered"
    assert "staff@example.com" in page
    assert "Green it will be." in page


def test_what_cannot_be_sent_stays_in_the_box():
    written, ops = given(email=""), staff("answer_feedback")
    act(ops, written, "reply", text="Half an hour of typing")

    page = ops.get(reverse("admin:fulfillment_feedback_change", args=[written.pk])).content.decode()

    assert "No address was left: this can only be noted or closed." in page
    assert "Half an hour of typing" in page
    assert (FeedbackEntry.objects.count(), mail.outbox) == (0, [])


def test_who_may_only_look_cannot_answer():
    written, watcher = given(), staff()

    assert [act(watcher, written, verb, text="x") for verb in ("reply", "note", "close", "reopen")] == [403] * 4
    assert (
        "Send the answer"
        not in watcher.get(reverse("admin:fulfillment_feedback_change", args=[written.pk])).content.decode()
    )


def test_notes_and_states_are_in_the_history():
    written, ops = given(), staff("answer_feedback")
    for verb, body in (("note", {"text": "Called the printer."}), ("close", {}), ("reopen", {}), ("nothing", {})):
        act(ops, written, verb, **body)

    lines = list(written.entries.order_by("pk").values_list("kind", "text", "before", "after"))
    assert lines == [
        ("note", "Called the printer.", "", ""),
        ("state", "", "new", "closed"),
        ("state", "", "closed", "new"),
    ]
    with pytest.raises(IllegalMove):
        feedback.reopen(given(), by="1", at=NOON)


def test_a_mail_that_could_not_be_sent_is_tried_again(settings):
    written, backend = given(), settings.EMAIL_BACKEND
    feedback.reply(written, "Yes.", by="1", at=NOON)
    entry = FeedbackEntry.objects.get(kind="reply")
    settings.EMAIL_BACKEND = "no.such.backend"
    with pytest.raises(ImportError):
        tasks.mail_feedback_reply(str(entry.pk))
    settings.EMAIL_BACKEND = backend

    tasks.mail_feedback_reply(str(entry.pk))

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_console_lists_and_counts_what_waits(admin_client, world: World, django_assert_num_queries, count):
    for _ in range(count):
        given(reference=world.order().name)

    with django_assert_num_queries(4):
        page = admin_client.get(reverse("admin:fulfillment_feedback_changelist")).content.decode()

    assert page.count("Envelopes in green, please.") == count
    assert [need.count for need in feedback.needs(NOON)] == [count]
    assert admin_client.get("/admin/fulfillment/feedback/nobody/change/").status_code == 404


# Its life


def test_it_follows_its_account_and_goes_with_it():
    guest = Account.objects.create()
    person = Account.objects.create(kind="person", user=User.objects.create_user("ada@example.com"))
    written = given()
    Feedback.objects.update(account=guest)
    feedback.reply(written, "Yes.", by="1", at=NOON)

    lifecycle.merge(guest, person, at=NOON)
    exported = lifecycle.export(person)["feedback"]
    lifecycle.erase(person, at=NOON)

    written.refresh_from_db()
    assert [(row["message"], row["answers"][0]["text"]) for row in exported] == [
        ("Envelopes in green, please.", "Yes.")
    ]
    assert (written.message, written.email, written.account, written.forgotten_at) == ("", "", None, NOON)
    assert set(FeedbackEntry.objects.values_list("text", flat=True)) == {""}


def test_old_messages_that_are_over_are_forgotten():
    waiting, over, recent = given(), given(), given()
    for written, at in ((over, NOON), (recent, NOON + timedelta(days=300))):
        feedback.close(written, by="1", at=at)

    assert purge(at=NOON + timedelta(days=366))["feedback"] == 1
    assert [bool(each.message) for each in Feedback.objects.filter(pk__in=[waiting.pk, recent.pk])] == [True, True]
    assert Feedback.objects.get(pk=over.pk).message == ""
