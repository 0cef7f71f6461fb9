import hashlib

import pytest

from billing.models import Guardrails
from billing.quota import QuotaSpent, account_subject, used
from cardmaker.core import storage
from cardmaker.core.errors import BadInput
from cardmaker.core.models import Event
from designs.imaging.pictures import size_px
from designs.imaging.preview import confirmation_preview
from designs.models import Format, PrintFile, Proof
from designs.proofs import proofing
from designs.proofs.proofing import PositionsDiffer, digest_of, freeze, request_proof
from designs.proofs.purge import purge_print_files
from designs.tests.factories import (
    FLAT,
    FOLDED,
    NOON,
    DesignFactory,
    ImageFactory,
    drawn_image,
    pick,
    print_spec,
    ready_proof,
)

pytestmark = pytest.mark.usefixtures("shelf")


def requested(design, *, format_code=None, spec=None):
    code = format_code or design.format_id
    chosen = Format.objects.get(pk=code)
    return request_proof(freeze(design, format=chosen, print_spec=spec or print_spec(code), country="us"), at=NOON)


def test_the_digest_is_that_of_the_sorted_lines():
    lines = b"back:" + b"b" * 64 + b"\nfront:" + b"a" * 64 + b"\n"

    assert digest_of([("front", "a" * 64), ("back", "b" * 64)]) == hashlib.sha256(lines).hexdigest()


def test_a_proof_is_drawn_by_its_job_at_the_suppliers_pixels(drain):
    design = DesignFactory()
    pick(design, drawn_image(design))
    proof = requested(design)
    drain()
    proof.refresh_from_db()

    assert (proof.state, proof.country, proof.min_dpi) == ("ready", "US", 300)
    files = list(proof.files.order_by("position"))
    assert [(file.position, file.width_px, file.height_px) for file in files] == [
        ("back", 1575, 2175),
        ("front", 1575, 2175),
    ]
    assert [file.effective_dpi for file in files] == [None, 300]
    assert [size_px(storage.read(file.file)) for file in files] == [(1575, 2175)] * 2
    assert [storage.sha256(storage.read(file.file)) for file in files] == [file.sha256 for file in files]
    assert proof.digest == proofing.digest_of(proof.files.values_list("position", "sha256"))
    assert Event.objects.filter(name="proof", subject=str(proof.pk)).count() == 1


def test_asking_for_the_same_proof_again_answers_the_one_that_is_there(drain):
    design = DesignFactory()
    pick(design, drawn_image(design))
    first = requested(design)
    assert requested(design) == first
    drain()

    assert requested(design) == first
    assert (Proof.objects.count(), used(account_subject(design.account_id), "proof", "day", at=NOON)) == (1, 1)


def test_another_content_country_or_item_is_another_proof():
    design = DesignFactory()
    pick(design, drawn_image(design))
    chosen = design.format
    first = requested(design)
    proofs = [first, requested(design, spec=print_spec(item_code="Other"))]
    proofs.append(request_proof(freeze(design, format=chosen, print_spec=print_spec(), country="CA"), at=NOON))
    design.pages.filter(position="front").update(words="Hello")
    proofs.append(requested(design))

    assert len({proof.pk for proof in proofs}) == 4


@pytest.mark.parametrize("end", ["failed", "purged"])
def test_a_proof_that_cannot_be_printed_any_more_is_drawn_anew(end):
    proof = ready_proof()
    if end == "purged":
        purge_print_files([proof])
    else:
        proof = requested(proof.design, spec=print_spec(item_code="Other"))
        proofing.abandon(str(proof.pk), "stuck")

    again = requested(proof.design, spec=proof.print_spec)

    assert (again.state, again == proof) == ("rendering", False)


def test_an_account_asks_for_so_many_proofs_a_day():
    Guardrails.objects.create(proofs_per_day=1)
    design = DesignFactory()
    pick(design, drawn_image(design))
    requested(design)

    with pytest.raises(QuotaSpent):
        requested(design, spec=print_spec(item_code="Other"))

    assert Proof.objects.count() == 1


def test_what_people_see_is_decoded_from_the_print_bytes():
    file = ready_proof().files.get(position="front")

    assert storage.read(file.preview_file) == confirmation_preview(storage.read(file.file), max_px=1000)


def test_drawing_again_gives_the_same_bytes_and_writes_nothing_twice():
    proof = ready_proof()
    before = (proof.digest, proof.ready_at)
    again = proofing.draw(proof)
    proofing.finish(proof, again, at=NOON.replace(hour=13))

    assert digest_of((page.position, page.sha256) for page in again) == proof.digest
    assert (proof.digest, proof.ready_at, PrintFile.objects.count()) == (*before, 2)


def test_a_worker_killed_before_it_wrote_is_followed_by_one_that_does(monkeypatch, drain):
    design = DesignFactory()
    pick(design, drawn_image(design))
    proof = requested(design)

    class Killed(BaseException):
        pass

    def die(name):
        raise Killed

    monkeypatch.setattr(proofing.crash, "point", die)
    with pytest.raises(Killed):
        proofing.render_proof(str(proof.pk))
    monkeypatch.setattr(proofing.crash, "point", lambda name: None)
    assert PrintFile.objects.count() == 0
    drain()
    proof.refresh_from_db()

    assert (proof.state, PrintFile.objects.count()) == ("ready", 2)


def test_a_proof_shows_the_design_as_it_was_when_it_was_asked_for(drain):
    design = DesignFactory()
    pick(design, drawn_image(design))
    proof = requested(design)
    design.pages.update(words="too late")
    drain()

    assert [page["words"] for page in proof.snapshot["pages"]] == ["", ""]


def test_a_proof_takes_the_final_of_the_picked_candidate():
    design = DesignFactory()
    candidate = ImageFactory(design=design)
    final = drawn_image(design, candidate=candidate)
    pick(design, candidate)
    proof = requested(design)

    assert proof.snapshot["pages"][0]["image"] == str(final.pk)


def test_a_draft_prints_with_its_low_resolution_told():
    design = DesignFactory()
    pick(design, drawn_image(design, tier="draft", width_px=742, height_px=1024))
    proof = ready_proof(design)

    assert proof.min_dpi == 141
    assert [(warning["code"], warning["level"]) for warning in proof.warnings if warning["position"] == "front"] == [
        ("blank_picture", "warn"),
        ("draft_picture", "info"),
        ("too_low_resolution", "block"),
    ]
    assert proof.blocked


def test_a_picture_of_another_shape_is_cut_and_that_is_told():
    design = DesignFactory()
    pick(design, drawn_image(design, width_px=4000, height_px=2175))
    codes = {warning["code"]: warning["level"] for warning in ready_proof(design).warnings}

    assert codes["much_cut_away"] == "warn"


def test_an_empty_page_is_an_information_but_not_on_the_imprinted_back():
    warnings = ready_proof().warnings

    assert [warning for warning in warnings if warning["level"] == "info"] == []
    folded = ready_proof(format_code=FOLDED).warnings
    assert [(warning["code"], warning["position"]) for warning in folded if warning["level"] == "info"] == [
        ("empty_page", "inside-left"),
        ("empty_page", "inside-right"),
    ]


def test_a_design_without_a_picture_in_front_has_no_proof():
    with pytest.raises(BadInput) as refusal:
        requested(DesignFactory())

    assert refusal.value.details == {"picks": ["Pick a picture for the front first."]}
    assert Proof.objects.count() == 0


def test_a_print_spec_of_other_pages_is_refused():
    design = DesignFactory()
    pick(design, ImageFactory(design=design))

    with pytest.raises(PositionsDiffer):
        requested(design, spec=print_spec(FOLDED))


def test_words_that_do_not_fit_fail_the_proof_in_human_words(drain):
    design = DesignFactory()
    pick(design, drawn_image(design))
    design.pages.filter(position="front").update(words="word " * 100, lettering={"size": 90})
    proof = requested(design)
    drain()
    proof.refresh_from_db()

    assert (proof.state, PrintFile.objects.count()) == ("failed", 0)
    assert proof.error.startswith("Front: These words do not fit")


def test_a_stuck_job_fails_its_proof():
    design = DesignFactory()
    pick(design, ImageFactory(design=design))
    proof = requested(design)
    proofing.abandon(str(proof.pk), "boom")
    proof.refresh_from_db()

    assert (proof.state, proof.error) == ("failed", "Something went wrong on our side. Please try again.")


def test_purging_takes_the_files_and_keeps_the_digests():
    proof, other = ready_proof(), ready_proof(format_code=FOLDED)
    names = list(proof.files.values_list("file", flat=True))

    assert purge_print_files([proof]) == len(set(names) - set(other.files.values_list("file", flat=True)))
    assert purge_print_files([proof]) == 0
    assert set(proof.files.values_list("file", flat=True)) == {""}
    assert all(storage.exists(name) for name in other.files.values_list("file", flat=True))
    assert proofing.digest_of(proof.files.values_list("position", "sha256")) == proof.digest
    assert proof.format_id == FLAT


def test_words_go_where_the_picture_was_left_quiet_unless_the_person_says_so():
    design = DesignFactory()
    pick(design, drawn_image(design, recipe={"quiet": "top"}))
    assert requested(design).snapshot["pages"][0]["lettering"] == {"layout": "top"}

    design.pages.update(lettering={"layout": "bottom"})
    assert requested(design).snapshot["pages"][0]["lettering"] == {"layout": "bottom"}
