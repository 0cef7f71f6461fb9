from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from billing.models import Budget, Guardrails, Hold, LedgerEntry, Rung
from cardmaker.core import storage
from cardmaker.core.errors import BadInput
from cardmaker.core.jobs import Later
from cardmaker.core.models import Job
from designs.api.querysets import runs_in_full
from designs.making import calls, generation, runs
from designs.making.generation import start_run
from designs.making.pagestates import TRYING_AGAIN, drawn_now, page_states
from designs.making.wishes import NotAllowed, NothingToDo, granted_for, missing_pages
from designs.models import DesignPhoto, Image, PagePick, Photo, Run
from designs.providers import fake as fake_module
from designs.providers.base import ProviderUnavailable
from designs.providers.fake import CAPABILITIES, plain_png
from designs.tests.factories import NOON, CalendarFactory, DesignFactory, drawn_image, pick

pytestmark = pytest.mark.usefixtures("shelf")
THREE = ["cover", "month-01", "month-02"]


@pytest.fixture
def fake(fake, monkeypatch):
    """Small pictures, all alike: they are stored once, and nothing here hangs on what they show."""
    monkeypatch.setattr(fake_module, "plain_png", lambda width, height, color: plain_png(width, height, b"\0\0\0"))
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 32})
    return fake


def pressed(design, *positions, at=NOON, **options):
    return start_run(design, stage="page", positions=list(positions), at=at, **options)


def states(run):
    shown = runs_in_full(Run.objects.filter(pk=run.pk)).get()
    return [(page.position, page.state) for page in page_states(shown)]


def fails_for(fake, monkeypatch, prompt, *, times=10):
    """The provider does not answer for this prompt, so many times."""
    left, start = [times], fake.start

    def start_or_fail(request, key):
        if request.prompt == prompt and left[0]:
            left[0] -= 1
            raise ProviderUnavailable("upstream_error")
        return start(request, key)

    monkeypatch.setattr(fake, "start", start_or_fail)


def test_one_press_holds_thirteen_pages_and_makes_them_square_and_picked(fake, drain):
    design = CalendarFactory()
    run = pressed(design)
    hold = Hold.objects.get()
    assert (run.total_calls, hold.amount_micros) == (13, 130_000)

    drain(ignore_delays=True)
    run.refresh_from_db()
    design.refresh_from_db()
    hold.refresh_from_db()

    assert (run.state, run.progress, run.error_code, design.state) == ("done", 100, "", "finalized")
    assert {(image.width_px, image.height_px, image.tier) for image in Image.objects.all()} == {(32, 32, "final")}
    assert missing_pages(design) == []
    assert (hold.open_micros, hold.spent_micros, LedgerEntry.objects.count()) == (0, 130_000, 13)


def test_a_page_that_is_there_is_shown_while_others_wait(fake):
    design = CalendarFactory()
    run = pressed(design, *THREE)
    generation.execute(str(run.pk))
    run.refresh_from_db()

    assert states(run) == [("cover", "ready"), ("month-01", "waiting"), ("month-02", "waiting")]
    assert PagePick.objects.get().page.position == "cover"
    assert (run.state, run.progress) == ("running", 33)


def test_what_is_being_drawn_is_named_and_counts_a_version(fake):
    fake.polls = 1
    run = pressed(CalendarFactory(), *THREE)
    before = run.version
    generation.execute(str(run.pk))
    shown = runs_in_full(Run.objects.filter(pk=run.pk)).get()

    assert (drawn_now(shown), shown.version > before) == ("cover", True)
    assert states(run)[0] == ("cover", "drawing")


@pytest.mark.parametrize("prompt", ["", "a fox", "x" * 201])
def test_pages_without_a_usable_prompt_are_all_named_and_nothing_starts(fake, prompt):
    design = CalendarFactory()
    design.pages.filter(position__in=["cover", "month-03"]).update(prompt=prompt)
    with pytest.raises(BadInput) as refusal:
        pressed(design)

    assert list(refusal.value.details) == ["prompt", "cover", "month-03"]
    assert refusal.value.details["month-03"][0].startswith("March: say what the picture should show in 10 to 200")
    assert (Run.objects.count(), Hold.objects.count()) == (0, 0)


def test_a_budget_too_small_for_print_quality_makes_all_pages_as_drafts(fake, drain):
    Guardrails.objects.update_or_create(pk=1, defaults={"preview_cap_visitor_micros": 60_000})
    run = pressed(CalendarFactory())
    drain(ignore_delays=True)

    assert Hold.objects.get().amount_micros == 26_000
    assert (run.total_calls, set(Image.objects.values_list("tier", "width_px"))) == (13, {("draft", 16)})


def test_the_lowest_rung_lowers_the_quality_and_never_the_pages(fake):
    Rung.objects.create(kind="calendar", percent=0, candidates=26, finals=13)
    Rung.objects.create(kind="calendar", percent=85, candidates=4, finals=13, tier="low")
    design = CalendarFactory()
    ask = {"account_id": design.account_id, "shop_id": design.shop_id, "at": NOON}
    usual = granted_for("page", "calendar", **ask)
    pressed(design, "cover")
    Budget.objects.filter(scope="platform").update(cap_micros=11_000, ceiling_micros=11_000)
    Budget.objects.filter(scope="platform").update(cap_micros=1_000_000, ceiling_micros=1_000_000, spent_micros=860_000)
    low = granted_for("page", "calendar", **ask)

    assert (usual.count, usual.tier, usual.redraws) == (13, "high", 26)
    assert (low.count, low.tier, low.redraws, low.allowed) == (13, "low", 4, True)


def test_too_little_money_for_all_pages_starts_none_and_says_why(fake):
    Guardrails.objects.update_or_create(pk=1, defaults={"preview_cap_visitor_micros": 20_000})
    with pytest.raises(NotAllowed) as refusal:
        pressed(CalendarFactory())

    assert refusal.value.message.startswith("There is not enough left to draw these pages.")
    assert (Run.objects.count(), Hold.objects.count()) == (0, 0)


def test_photos_go_along_as_their_owner_ordered_them_and_as_many_as_the_provider_takes(fake):
    fake.capabilities = replace(fake.capabilities, references=2)
    design = CalendarFactory()
    photos = [photo_of(design, bytes([shade] * 3)) for shade in (10, 20, 30)]
    for rank, photo in enumerate(reversed(photos)):
        DesignPhoto.objects.create(design=design, photo=photo, rank=rank)
    run = pressed(design, "cover")
    assert run.calls.get().request["photos"] == [str(photos[2].pk), str(photos[1].pk)]

    photos[1].delete()
    generation.execute(str(run.pk))
    assert fake.requests[0].references == (storage.read(photos[2].display_file),)


def test_a_photo_that_is_withheld_goes_nowhere(fake):
    fake.capabilities = replace(fake.capabilities, references=3)
    design = CalendarFactory()
    photos = [photo_of(design, bytes([shade] * 3)) for shade in (10, 20, 30)]
    for rank, photo in enumerate(photos):
        DesignPhoto.objects.create(design=design, photo=photo, rank=rank)
    Photo.objects.filter(pk=photos[0].pk).update(withheld="nudity")
    run = pressed(design, "cover")
    assert run.calls.get().request["photos"] == [str(photos[1].pk), str(photos[2].pk)]

    Photo.objects.filter(pk=photos[1].pk).update(withheld="nudity")
    generation.execute(str(run.pk))
    assert fake.requests[0].references == (storage.read(photos[2].display_file),)


def photo_of(design, color):
    name = storage.put(plain_png(8, 8, color), "png")
    files = {"file": name, "display_file": name, "sha256": name[6:70]}
    return Photo.objects.create(account=design.account, width_px=8, height_px=8, **files)


def test_a_large_photo_is_shrunk_to_what_the_provider_takes(fake):
    from designs.imaging.pictures import size_px

    fake.capabilities = replace(fake.capabilities, reference_px=1200)
    design = CalendarFactory()
    name = storage.put(plain_png(2400, 1200, b"\x10\x20\x30"), "png")
    photo = Photo.objects.create(account=design.account, file=name, sha256="0" * 64, width_px=2400, height_px=1200)
    DesignPhoto.objects.create(design=design, photo=photo)
    generation.execute(str(pressed(design, "cover").pk))

    assert size_px(fake.requests[0].references[0]) == (1200, 600)


SEEN = {"left": 0.4, "top": 0.2, "width": 0.2, "height": 0.25, "score": 0.9}
NO_FACE = [{"code": "no_face", "level": "info", "message": "We see no face in this photo."}]


@pytest.mark.parametrize(
    ("faces", "advice", "sent"),
    [([SEEN], [], ((0.4, 0.2, 0.2, 0.25),)), ([], NO_FACE, ()), ([], [{"code": "not_looked_at"}], None)],
)
def test_the_faces_that_were_seen_on_arrival_go_with_a_photo(fake, faces, advice, sent):
    design = CalendarFactory()
    photo = photo_of(design, b"\x10\x20\x30")
    Photo.objects.filter(pk=photo.pk).update(faces=faces, advice=advice)
    DesignPhoto.objects.create(design=design, photo=photo)
    generation.execute(str(pressed(design, "cover").pk))

    assert fake.requests[0].faces == (sent,)


def test_a_page_that_fails_is_tried_three_times_while_the_others_come(fake, monkeypatch):
    design = CalendarFactory()
    design.pages.filter(position="cover").update(prompt="a fox that fails")
    fails_for(fake, monkeypatch, "a fox that fails")
    run = pressed(design, *THREE)
    waits = [generation.execute(str(run.pk)).seconds for _ in range(3)]
    assert waits == [0, 0, 0]  # the failed one is put back, the others go on
    run.calls.filter(outcome="planned").update(sent_at=timezone.now() + timedelta(hours=1))
    assert generation.execute(str(run.pk)).seconds > 0  # alone now, it waits its time
    assert run.calls.get(position="cover").tries == 1
    shown = runs_in_full(Run.objects.filter(pk=run.pk)).get()
    assert page_states(shown)[0].message == TRYING_AGAIN

    for _ in range(2):
        run.calls.filter(outcome="planned").update(sent_at=NOON)
        generation.execute(str(run.pk))
    run.refresh_from_db()
    design.refresh_from_db()

    assert states(run) == [("cover", "failed"), ("month-01", "ready"), ("month-02", "ready")]
    assert (run.state, run.error_code, design.state) == ("done", "pages_missing", "draft")
    assert run.error_message == "Cover could not be drawn. One press tries again; the other pages stay as they are."
    assert run.calls.get(position="cover").tries == 3
    assert Hold.objects.values_list("open_micros", "spent_micros").get() == (0, 20_000)


def test_one_press_more_draws_only_what_is_missing(fake, drain, monkeypatch):
    design = CalendarFactory()
    design.pages.filter(position="month-05").update(prompt="a fox that fails")
    fails_for(fake, monkeypatch, "a fox that fails", times=3)
    run = pressed(design)
    while generation.execute(str(run.pk)):
        run.calls.filter(outcome="planned", tries__gt=0).update(sent_at=NOON)
    assert missing_pages(design) == ["month-05"]

    again = pressed(design)
    drain(ignore_delays=True)

    assert (again.positions, again.total_calls, missing_pages(design)) == (["month-05"], 1, [])
    with pytest.raises(NothingToDo):
        pressed(design)


def test_a_second_press_gives_the_run_that_is_there(fake):
    design = CalendarFactory()
    run = pressed(design)

    assert [pressed(design).pk, pressed(design, "month-03").pk] == [run.pk, run.pk]
    assert (Run.objects.count(), Hold.objects.count(), Job.objects.filter(kind="designs.execute_run").count()) == (
        1,
        1,
        1,
    )


def test_a_second_press_wakes_a_paused_run(fake):
    design = CalendarFactory()
    run = pressed(design)
    generation.pause(run, at=NOON)

    assert (pressed(design).pk, pressed(design).state) == (run.pk, "queued")


def test_a_press_over_other_pages_draws_those_alone(fake):
    design = CalendarFactory()
    pressed(design, "cover", "month-01")

    assert pressed(design, "month-01", "month-02").positions == ["month-02"]


def test_a_page_drawn_again_replaces_its_picture_but_not_one_that_was_chosen(fake, drain):
    design = CalendarFactory()
    pressed(design, "cover", "month-01")
    drain(ignore_delays=True)
    chosen = drawn_image(design, width_px=32, height_px=32, position="cover")
    pick(design, chosen, "cover")
    pressed(design, "cover", "month-01", at=NOON + timedelta(seconds=1))
    drain(ignore_delays=True)
    shown = dict(PagePick.objects.values_list("page__position", "image"))
    newest = Image.objects.filter(position="month-01").order_by("created_at").last()

    assert shown == {"cover": chosen.pk, "month-01": newest.pk}
    assert Image.objects.filter(position="month-01").count() == 2


def test_pages_are_drawn_again_only_as_often_as_is_allowed(fake, drain):
    Rung.objects.create(kind="calendar", percent=0, candidates=2, finals=13)
    design = CalendarFactory()
    pressed(design, "cover", "month-01")  # the first pictures do not count
    drain(ignore_delays=True)
    pressed(design, "cover", "month-01")
    drain(ignore_delays=True)
    with pytest.raises(NotAllowed) as refusal:
        pressed(design, "cover")

    assert refusal.value.message == "Pages of this calendar can be drawn again 2 times a day. Tomorrow there is more."
    assert refusal.value.details["resets_at"] == "2026-11-21T00:00:00+00:00"
    assert pressed(design, "cover", at=NOON + timedelta(days=1)).positions == ["cover"]
    assert Hold.objects.count() == 3


def test_a_revision_of_a_month_is_a_master_and_counts_as_drawn_again(fake, drain):
    Rung.objects.create(kind="calendar", percent=0, candidates=1, finals=13)
    design = CalendarFactory()
    pressed(design, "month-01")
    drain(ignore_delays=True)
    change = {"stage": "revision", "parent": Image.objects.get(), "instruction": "more snow", "at": NOON}
    start_run(design, positions=[], **change)
    drain(ignore_delays=True)
    revised = Image.objects.exclude(pk=change["parent"].pk).get()

    assert (revised.tier, revised.width_px, revised.parent_id) == ("final", 32, change["parent"].pk)
    with pytest.raises(NotAllowed):
        start_run(design, positions=[], **change)


def test_a_draft_page_can_be_made_in_print_quality_later(fake, drain):
    Guardrails.objects.update_or_create(pk=1, defaults={"preview_cap_visitor_micros": 5_000})
    design = CalendarFactory()
    pressed(design, "cover")
    drain(ignore_delays=True)
    Budget.objects.filter(scope="account").update(cap_micros=100_000, ceiling_micros=100_000)
    start_run(design, stage="final", positions=["cover"], at=NOON)
    drain(ignore_delays=True)
    final = Image.objects.get(tier="final")

    assert (final.width_px, final.height_px, final.candidate.tier) == (32, 32, "draft")


@pytest.mark.parametrize("stage", ["candidate", "page"])
def test_each_kind_has_its_own_stages(fake, stage):
    design = CalendarFactory() if stage == "candidate" else DesignFactory()
    with pytest.raises(BadInput) as refusal:
        start_run(design, stage=stage, positions=["cover"], at=NOON)

    assert list(refusal.value.details) == ["stage"]


def test_the_eta_follows_the_runs_own_pace(fake):
    run = pressed(CalendarFactory())
    for number, call in enumerate(run.calls.order_by("number")[:4]):
        at = NOON + timedelta(seconds=10 * number)
        came_at = at + timedelta(seconds=10)
        type(call).objects.filter(pk=call.pk).update(outcome="answered", sent_at=at, answered_at=came_at)

    assert runs.eta_s(run, left=9) == 90


def test_a_picture_that_comes_for_a_deleted_calendar_is_put_nowhere(fake):
    from designs.lifecycle import delete_design

    fake.polls = 1
    design = CalendarFactory()
    run = pressed(design, "cover")
    generation.execute(str(run.pk))
    delete_design(design, at=NOON)
    design.pages.all().delete()
    generation.execute(str(run.pk))

    assert (run.calls.get().outcome, PagePick.objects.count(), Image.objects.count()) == ("answered", 0, 1)


class Killed(BaseException):
    """The worker died here."""


POINTS = ("designs.call.sent", "designs.call.returned", "designs.call.stored", "designs.call.recorded")


def test_a_worker_killed_once_at_every_point_pays_no_page_twice(fake, monkeypatch):
    """A kill a step: each of the thirteen pages meets one of the points, and every point kills three times or more."""
    fake.capabilities = replace(fake.capabilities, repeatable=True)
    design, killed = CalendarFactory(), []
    run = pressed(design)

    def die(name):
        page = run.calls.filter(outcome="answered").count()
        if (name, page) not in killed and name == POINTS[page % len(POINTS)]:
            killed.append((name, page))
            raise Killed

    monkeypatch.setattr(calls.crash, "point", die)
    for _ in range(100):
        try:
            later = generation.execute(str(run.pk))
        except Killed:
            later = Later(0)
        if later is None:
            break
        run.calls.filter(outcome="sent").update(sent_at=NOON)  # the settle time is over
    run.refresh_from_db()

    assert (run.state, run.done_calls, missing_pages(design)) == ("done", 13, [])
    assert {name for name, _ in killed} == set(POINTS)
    assert len(killed) >= 12
    assert (Image.objects.count(), LedgerEntry.objects.count(), PagePick.objects.count()) == (13, 13, 13)
    assert Hold.objects.values_list("open_micros", "spent_micros", "state").get() == (0, 130_000, "settled")
