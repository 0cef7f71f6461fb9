"""The whole way with the built-in illustrator: from a sentence to print files."""

import pytest

from cardmaker.core import storage
from designs.editing import write_page
from designs.imaging.checks import preflight
from designs.making.generation import start_run
from designs.models import Image
from designs.proofs.proofing import digest_of, freeze, request_proof
from designs.tests.factories import FOLDED, NOON, DesignFactory, caller, print_spec

pytestmark = pytest.mark.usefixtures("shelf")


def test_a_sentence_becomes_print_files(settings, drain):
    settings.IMAGE_PROVIDER = "sketch"
    design = DesignFactory(format_id=FOLDED)
    start_run(design, stage="candidate", positions=["front"], count=2, at=NOON)
    drain(ignore_delays=True)
    chosen = Image.objects.order_by("number").first()
    write_page(design, "front", {"picks": [chosen.pk], "words": "Happy birthday, Ada"}, caller=caller(design), at=NOON)
    start_run(design, stage="final", positions=["front"], at=NOON)
    drain(ignore_delays=True)
    proof = request_proof(freeze(design, format=design.format, print_spec=print_spec(FOLDED), country="US"), at=NOON)
    drain(ignore_delays=True)
    proof.refresh_from_db()

    assert (proof.state, proof.error, proof.blocked) == ("ready", "", False)
    assert proof.min_dpi >= 290
    assert proof.digest == digest_of(proof.files.values_list("position", "sha256"))
    for file in proof.files.all():
        data = storage.read(file.file)
        assert preflight(data, width_px=1575, height_px=2175, picture_expected=False) == []
