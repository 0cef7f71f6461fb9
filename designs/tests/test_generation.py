from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from billing.models import Hold, LedgerEntry
from cardmaker.core.errors import BadInput
from cardmaker.core.idempotency import IdempotencyKeyReused
from cardmaker.core.models import Event, IllegalMove, Job
from designs.making import generation
from designs.making.generation import start_run
from designs.making.runs import eta_s
from designs.making.wishes import NotAllowed, NothingToDo
from designs.models import Call, Design, DesignPhoto, Flag, Image, Photo, Run
from designs.providers.fake import CAPABILITIES
from designs.tests.factories import FOLDED, NOON, DesignFactory, ImageFactory, drawn_image, pick

pytestmark = pytest.mark.usefixtures("shelf")


def started(design, **options):
    return start_run(design, **{"stage": "candidate", "positions": ["front"], "at": NOON, **options})


def test_a_run_holds_its_worst_price_and_queues_its_first_step(fake):
    run = started(DesignFactory())

    assert (run.state, run.count, run.total_calls, run.progress) == ("queued", 4, 1, 0)
    assert Hold.objects.values_list("key", "amount_micros", "open_micros").get() == (f"run:{run.pk}", 8_000, 8_000)
    assert Job.objects.values_list("kind", "subject", "lane", "account_id").get() == (
        "designs.execute_run", str(run.pk), "slow", run.account_id,
    )  # fmt: skip
    assert Event.objects.values_list("name", "subject").get() == ("run_started", str(run.pk))


def test_pictures_of_a_card_start_from_its_photos(fake):
    fake.capabilities = replace(fake.capabilities, references=2)
    design = DesignFactory()
    photo = Photo.objects.create(account=design.account, sha256="0" * 64, width_px=8, height_px=8)
    DesignPhoto.objects.create(design=design, photo=photo)

    run = started(design)

    assert run.calls.get().request["photos"] == [str(photo.pk)]


def test_a_run_makes_its_pictures_and_pays_what_they_cost(fake, drain):
    run = started(DesignFactory(), count=3)
    drain(ignore_delays=True)
    run.refresh_from_db()

    assert (run.state, run.progress, run.error_code) == ("done", 100, "")
    assert Image.objects.filter(call__run=run).count() == 3
    assert [(entry.amount_micros, entry.provider) for entry in LedgerEntry.objects.all()] == [(6_000, "fake")]
    hold = Hold.objects.get()
    assert (hold.open_micros, hold.spent_micros, hold.state) == (0, 6_000, "settled")
    finished = Event.objects.get(name="run_finished")
    assert finished.facts.pop("seconds") == pytest.approx((finished.at - run.created_at).total_seconds(), abs=0.1)
    assert (finished.subject, finished.facts) == (str(run.pk), {"stage": "candidate", "state": "done", "images": 3})


def test_an_image_knows_where_it_came_from(fake, drain):
    run = started(DesignFactory(), count=1)
    drain(ignore_delays=True)
    image = Image.objects.get()

    assert (image.account_id, image.shop_id, image.design_id) == (run.account_id, run.shop_id, run.design_id)
    assert (image.tier, image.position, image.provider, image.model) == ("draft", "front", "fake", "rectangles")
    assert (image.width_px, image.height_px, image.cost_micros) == (742, 1024, 2_000)
    assert image.description == "A plain rectangle for “a fox in the snow”"


def test_many_candidates_are_split_into_calls_with_seeds_that_go_on(fake):
    from billing.models import Rung

    Rung.objects.create(percent=0, candidates=10, finals=4)
    run = started(DesignFactory(), count=10)
    requests = [call.request for call in run.calls.order_by("number")]
    first = requests[0]["seed"]

    assert [asked["count"] for asked in requests] == [4, 4, 2]
    assert [asked["seed"] for asked in requests] == [first, first + 4, first + 8]


def test_calls_that_may_be_repeated_bring_one_picture_each(fake):
    fake.capabilities = replace(CAPABILITIES, repeatable=True)
    run = started(DesignFactory())

    assert [call.request["count"] for call in run.calls.all()] == [1, 1, 1, 1]


def test_the_same_key_gives_the_same_run_and_pays_once(fake):
    design = DesignFactory()

    assert started(design, key="k1").pk == started(design, key="k1").pk
    assert (Run.objects.count(), Hold.objects.count(), Job.objects.count()) == (1, 1, 1)


def test_a_key_that_stands_for_another_design_is_refused(fake):
    design = DesignFactory()
    started(design, key="k1")
    other = DesignFactory(account=design.account, shop=design.shop)

    with pytest.raises(IdempotencyKeyReused):
        started(other, key="k1")


def test_the_same_key_of_another_account_means_another_run(fake):
    assert started(DesignFactory(), key="k1").pk != started(DesignFactory(), key="k1").pk


def test_more_than_the_allowance_is_refused_with_its_number(fake):
    with pytest.raises(NotAllowed) as refusal:
        started(DesignFactory(), count=10_000)

    assert refusal.value.message == "At most 4 pictures at a time."
    assert refusal.value.details["count"] == 4
    assert (Run.objects.count(), Hold.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"stage": "page"}, "stage"),
        ({"positions": []}, "positions"),
        ({"positions": ["cover"]}, "positions"),
        ({"positions": ["back"]}, "prompt"),
        ({"count": 0}, "count"),
        ({"stage": "revision", "instruction": "warmer"}, "parent"),
        ({"stage": "revision", "instruction": ""}, "instruction"),
        ({"stage": "revision", "instruction": "x" * 10_000}, "instruction"),
        ({"stage": "final"}, "picks"),
    ],
)
def test_what_cannot_be_made_is_refused_beside_its_field(fake, options, field):
    with pytest.raises(BadInput) as refusal:
        started(DesignFactory(), **options)

    assert list(refusal.value.details) == [field]
    assert (Run.objects.count(), Hold.objects.count(), fake.requests) == (0, 0, [])


def test_a_revision_of_a_strangers_picture_is_refused(fake):
    with pytest.raises(BadInput) as refusal:
        started(DesignFactory(), stage="revision", instruction="warmer", parent=ImageFactory())

    assert refusal.value.details == {"parent": ["There is no such picture."]}


def test_a_revision_changes_its_parent_in_the_same_shape(fake, drain):
    design = DesignFactory()
    parent = drawn_image(design)
    started(design, stage="revision", positions=[], parent=parent, instruction="make it warmer")
    drain(ignore_delays=True)
    revision = Image.objects.exclude(pk=parent.pk).get()

    assert (revision.parent_id, revision.candidate_id, revision.tier) == (parent.pk, None, "draft")
    assert (revision.width_px, revision.height_px) == (742, 1024)
    assert fake.requests[0].instruction == "make it warmer"
    assert fake.requests[0].parent.recipe == {}


def test_a_final_is_drawn_for_paper_from_the_picked_candidate(fake, drain):
    design = DesignFactory()
    candidate = drawn_image(design, tier="draft", width_px=742, height_px=1024, seed=41, recipe={"seed": 41})
    pick(design, candidate)
    started(design, stage="final")
    drain(ignore_delays=True)
    final = Image.objects.get(tier="final")
    design.refresh_from_db()

    assert (final.candidate_id, final.parent_id, final.seed) == (candidate.pk, None, 41)
    assert (final.width_px, final.height_px) == (1575, 2175)
    assert fake.requests[0].parent.recipe == {"seed": 41}
    assert design.state == Design.State.FINALIZED


def test_a_final_that_is_there_is_not_made_again(fake):
    design = DesignFactory()
    candidate = ImageFactory(design=design)
    ImageFactory(design=design, tier="final", candidate=candidate)
    pick(design, candidate)

    with pytest.raises(NothingToDo):
        started(design, stage="final")


def test_a_paused_run_sends_nothing_until_it_is_resumed(fake, drain):
    run = started(DesignFactory())
    generation.pause(run, at=NOON)
    drain(ignore_delays=True)
    assert (fake.requests, run.state) == ([], "paused")

    generation.resume(run, at=NOON)
    drain(ignore_delays=True)
    run.refresh_from_db()
    assert (len(fake.requests), run.state) == (1, "done")


@pytest.mark.parametrize(("age_h", "state", "open_micros"), [(23, "paused", 8_000), (25, "cancelled", 0)])
def test_a_run_left_paused_for_a_day_gives_its_money_back(fake, age_h, state, open_micros):
    run = started(DesignFactory(), at=timezone.now() - timedelta(hours=age_h))
    generation.pause(run, at=timezone.now())
    for _ in range(2):
        generation.wake_runs()
    run.refresh_from_db()

    assert (run.state, Hold.objects.get().open_micros) == (state, open_micros)


def test_a_cancelled_run_gives_its_money_back_and_sends_nothing(fake, drain):
    run = started(DesignFactory())
    generation.cancel(run, at=NOON)
    generation.cancel(run, at=NOON)
    drain(ignore_delays=True)
    run.refresh_from_db()

    assert (run.state, fake.requests) == ("cancelled", [])
    assert Hold.objects.values_list("open_micros", "spent_micros", "state").get() == (0, 0, "released")
    with pytest.raises(IllegalMove):
        generation.resume(run, at=NOON)


def test_a_call_under_way_comes_home_although_its_run_was_cancelled(fake, drain):
    fake.polls = 1
    run = started(DesignFactory())
    generation.execute(str(run.pk))
    generation.cancel(run, at=NOON)
    drain(ignore_delays=True)
    run.refresh_from_db()

    assert (run.state, Image.objects.count(), LedgerEntry.objects.get().amount_micros) == ("cancelled", 4, 8_000)


def test_the_kill_switch_stops_a_run_before_its_next_call(fake):
    from billing.models import Guardrails

    run = started(DesignFactory())
    Guardrails.objects.filter(pk=Guardrails.current().pk).update(paid_calls_stopped=True)

    assert generation.execute(str(run.pk)).seconds == 5.0
    assert fake.requests == []
    Guardrails.objects.update(paid_calls_stopped=False)
    generation.execute(str(run.pk))
    assert len(fake.requests) == 1


def test_a_stuck_job_ends_the_run_and_frees_the_money(fake):
    run = started(DesignFactory())
    generation.abandon(str(run.pk), "boom")
    run.refresh_from_db()

    assert (run.state, run.error_message) == ("failed", "Something went wrong on our side.")
    assert Hold.objects.get().open_micros == 0


def test_a_run_that_lost_its_job_is_woken_once(fake):
    run = started(DesignFactory())
    Job.objects.all().delete()
    generation.wake_runs()
    generation.wake_runs()

    assert list(Job.objects.values_list("kind", "subject")) == [("designs.execute_run", str(run.pk))]


def test_progress_counts_calls_that_ended(fake):
    design = DesignFactory(format_id=FOLDED)
    design.pages.update(prompt="a fox")
    run = started(design, positions=["front", "back", "inside-left"])
    seen = []
    for _ in range(3):
        generation.execute(str(run.pk))
        run.refresh_from_db()
        seen.append((run.state, run.progress))

    assert seen == [("running", 33), ("running", 66), ("done", 100)]
    assert list(Call.objects.order_by("number").values_list("position", flat=True)) == ["front", "back", "inside-left"]


def test_the_eta_comes_from_calls_that_were_measured(fake):
    measured = started(DesignFactory())
    generation.execute(str(measured.pk))
    Call.objects.update(sent_at=NOON, answered_at=NOON.replace(second=6))
    run = started(DesignFactory())

    assert eta_s(run, left=3) == 18
    assert eta_s(started(DesignFactory(), stage="candidate"), left=1) == 6


def test_what_was_changed_in_a_wish_is_told_with_its_run(fake):
    design = DesignFactory()
    parent = ImageFactory(design=design)
    run = start_run(
        design, stage="revision", positions=["front"], parent=parent, at=NOON,
        instruction="put Mickey Mouse beside it, ask ada@example.com",
    )  # fmt: skip

    assert run.instruction == "put a cheerful cartoon mouse beside it, ask"
    assert run.notices == [
        "We took an email address out of your wish.",
        "“Mickey Mouse” is a protected name, so we wrote “a cheerful cartoon mouse” instead.",
    ]


def test_a_doubtful_prompt_is_drawn_and_flagged_with_its_run(fake):
    design = DesignFactory()
    design.pages.filter(position="front").update(prompt="a sexy fireman with a kitten")
    run = start_run(design, stage="candidate", positions=["front"], at=NOON)

    flag = Flag.objects.get()
    assert (flag.subject_kind, flag.subject_id, flag.reason, flag.excerpt) == ("run", run.pk, "sexual", "sexy")


def test_a_name_that_ops_forbade_since_the_prompt_was_written_stops_it(fake):
    design = DesignFactory()
    design.pages.filter(position="front").update(prompt="Taylor Swift on a bike")
    with pytest.raises(BadInput) as refusal:
        start_run(design, stage="candidate", positions=["front"], at=NOON)

    assert list(refusal.value.details) == ["prompt"]
    assert Run.objects.count() == 0
