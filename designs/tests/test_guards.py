"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from designs.models import PrintFile, Proof
from designs.tests.factories import ready_proof

pytestmark = pytest.mark.usefixtures("shelf")


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": "0" * 64},
        {"state": "rendering"},
        {"snapshot": {"pages": []}},
        {"warnings": [{"code": "label_cut"}]},
        {"min_dpi": 999},
        {"country": "DE"},
        {"format_id": "card-5x7-folded"},
        {"ready_at": "2026-01-01T00:00Z"},
    ],
)
def test_a_ready_proof_cannot_be_changed(changes):
    proof = ready_proof(country="FR")

    refused(lambda: Proof.objects.filter(pk=proof.pk).update(**changes))


@pytest.mark.parametrize(
    "changes", [{"sha256": "0" * 64}, {"file": "aa/bb/cc.jpg"}, {"effective_dpi": 1}, {"width_px": 1}]
)
def test_a_print_file_cannot_be_changed(changes):
    proof = ready_proof()

    refused(lambda: PrintFile.objects.filter(proof=proof, position="front").update(**changes))


def test_purging_and_erasing_stay_possible():
    proof = ready_proof()

    assert PrintFile.objects.filter(proof=proof).update(file="", preview_file="") == 2
    assert Proof.objects.filter(pk=proof.pk).update(snapshot={}) == 1
    refused(lambda: PrintFile.objects.filter(proof=proof).update(file="aa/bb/cc.jpg"))


def test_a_proof_that_is_being_drawn_may_change():
    proof = ready_proof()
    other = Proof.objects.create(
        design=proof.design, account=proof.account, shop=proof.shop, format=proof.format, print_spec=proof.print_spec
    )

    assert Proof.objects.filter(pk=other.pk).update(state="failed", error="no") == 1


@pytest.mark.postgres
def test_nothing_of_a_ready_proof_can_be_deleted():
    proof = ready_proof()

    refused(lambda: PrintFile.objects.filter(proof=proof).delete())
    refused(lambda: connection.cursor().execute("DELETE FROM designs_proof"))
