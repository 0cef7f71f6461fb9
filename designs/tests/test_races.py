"""Several workers and tabs at once, with real threads and commits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from billing.models import Hold, LedgerEntry
from designs.editing import write_page
from designs.making import generation
from designs.making.generation import start_run
from designs.models import Image, PagePick, PrintFile, Proof, Run
from designs.proofs import proofing
from designs.providers.fake import CAPABILITIES
from designs.tests.factories import (
    FOLDED,
    NOON,
    CalendarFactory,
    DesignFactory,
    ImageFactory,
    caller,
    drawn_image,
    load_reference_rows,
    pick,
    print_spec,
)

pytestmark = [pytest.mark.postgres, pytest.mark.serial, pytest.mark.django_db(transaction=True)]


def together(act, times):
    def closed():
        try:
            return act()
        except Exception as exc:  # noqa: BLE001 - a race's losers are counted, whatever they met
            return exc
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(closed) for _ in range(times)]]


@pytest.fixture(autouse=True)
def shelf(transactional_db):
    load_reference_rows()


def test_one_key_pressed_eight_times_at_once_is_one_run(fake):
    design = DesignFactory()
    runs = together(lambda: start_run(design, stage="candidate", positions=["front"], key="k1", at=NOON), 8)

    assert {run.pk for run in runs} == {Run.objects.get().pk}
    assert Hold.objects.count() == 1


def test_eight_workers_on_one_run_send_each_call_once(fake):
    run = start_run(DesignFactory(), stage="candidate", positions=["front"], at=NOON)
    together(lambda: generation.execute(str(run.pk)), 8)
    run.refresh_from_db()

    assert (len(fake.requests), Image.objects.count(), LedgerEntry.objects.count()) == (1, 4, 1)
    assert (run.state, run.done_calls) == ("done", 1)


def test_cancelling_while_workers_run_leaves_no_money_held(fake):
    design = DesignFactory(format_id=FOLDED)
    design.pages.update(prompt="a fox")
    run = start_run(design, stage="candidate", positions=["front", "back", "inside-left"], at=NOON)
    acts = iter([generation.cancel, None, None, None, None, None])

    def act():
        verb = next(acts)
        return verb(Run.objects.get(pk=run.pk), at=NOON) if verb else generation.execute(str(run.pk))

    together(act, 6)
    while generation.execute(str(run.pk)) is not None:
        pass
    hold = Hold.objects.get()

    assert (hold.open_micros, hold.spent_micros) == (0, 2_000 * Image.objects.count())


def test_eight_presses_for_the_same_proof_draw_it_once():
    design = DesignFactory()
    pick(design, drawn_image(design))
    frozen = proofing.freeze(design, format=design.format, print_spec=print_spec(), country="US")
    proofs = together(lambda: proofing.request_proof(frozen, at=NOON), 8)

    assert {proof.pk for proof in proofs} == {Proof.objects.get().pk}


def test_four_workers_on_one_proof_write_its_files_once():
    design = DesignFactory()
    pick(design, drawn_image(design))
    proof = proofing.request_proof(
        proofing.freeze(design, format=design.format, print_spec=print_spec(), country="US"), at=NOON
    )
    together(lambda: proofing.render_proof(str(proof.pk)), 4)

    assert (Proof.objects.get().state, PrintFile.objects.count()) == ("ready", 2)


def test_four_tabs_cannot_pick_more_pictures_than_the_format_takes():
    design = DesignFactory(format_id=FOLDED)
    positions = iter(["front", "inside-left", "inside-right", "back"])
    image = ImageFactory(design=design)
    together(lambda: write_page(design, next(positions), {"picks": [image.pk]}, caller=caller(design), at=NOON), 4)

    assert PagePick.objects.count() == 3


def test_two_presses_over_a_calendar_are_one_run(fake):
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 16})
    design = CalendarFactory()
    runs = together(lambda: start_run(design, stage="page", positions=[], at=NOON), 8)

    assert {run.pk for run in runs} == {Run.objects.get().pk}
    assert Hold.objects.values_list("amount_micros", "open_micros").get() == (130_000, 130_000)


def test_a_pick_and_an_arriving_page_do_not_wait_for_each_other(fake):
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 16})
    design = CalendarFactory()
    chosen = [drawn_image(design, width_px=16, height_px=16, position="cover", color=bytes([n] * 3)) for n in range(4)]
    run = start_run(design, stage="page", positions=["cover"], at=NOON)
    picks = iter([*chosen, None])

    def act():
        image = next(picks)
        if image is None:
            return generation.execute(str(run.pk))
        return write_page(design, "cover", {"picks": [image.pk]}, caller=caller(design), at=NOON)

    answers = together(act, 5)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert PagePick.objects.get().page.position == "cover"
