import pytest
from django.http import Http404

from billing.models import Price
from designs.models import Flag
from designs.screening import flags
from designs.screening.verdict import Concern
from designs.tests.factories import DesignFactory, ImageFactory
from fulfillment.api.page_shapes import first_page_link
from fulfillment.api.shapes import ProofOut
from fulfillment.care import dossier
from fulfillment.models import Order, Product
from fulfillment.orders import approval, screening
from fulfillment.orders.approval import CannotApprove
from fulfillment.printing import serving
from fulfillment.sales import selling
from fulfillment.sales.selling import ProofBlocked, Purchase
from fulfillment.tests.factories import NOON, a_listing, a_proof, a_world

pytestmark = pytest.mark.django_db
WANTED = Purchase(quantity=1, shows_design=False, accepts_warnings=True)


@pytest.fixture
def world():
    return a_world()


def flag(world, kind="proof", subject=None):
    proof = world.proof
    flags.flag(
        kind, subject or proof.pk, [Concern("protected_name", "target")], account_id=proof.account_id,
        design_id=proof.design_id, at=NOON,
    )  # fmt: skip
    return Flag.objects.get(subject_kind=kind)


def codes(order):
    order.refresh_from_db()
    return [row["code"] for row in order.reasons]


def test_an_order_whose_design_has_an_open_flag_is_held_for_it(world):
    flag(world, kind="run", subject=world.proof.design_id)
    order = world.order()

    assert "screening" in codes(order)
    with pytest.raises(CannotApprove):
        approval.approve(order, by="7", at=NOON)


def test_allowing_frees_the_order(world, drain):
    open_flag = flag(world)
    order = world.order()
    flags.allow(open_flag, by="7", at=NOON)
    drain()

    assert "screening" not in codes(order)
    approval.approve(order, by="7", at=NOON)
    assert order.state == Order.State.APPROVED


def test_an_approved_order_is_held_again_when_a_flag_is_raised(world):
    order = world.order()
    approval.approve(order, by="7", at=NOON)
    flag(world)
    for _ in range(2):
        screening.follow(str(world.proof.design_id))

    assert (codes(order)[0], order.state) == ("screening", Order.State.HELD)
    assert not order.approvals.filter(voided_at=None).exists()


def test_what_was_refused_cannot_be_bought_nor_approved(world, drain):
    order = world.order()
    flags.refuse(flag(world), by="7", at=NOON)
    drain()

    told = {row["code"]: row["message"] for row in Order.objects.get(pk=order.pk).blocking_reasons()}
    assert told["screening"] == "A picture or words of this order were refused."
    with pytest.raises(ProofBlocked):
        selling.start_checkout(world.proof, WANTED, account=world.proof.account, shop=world.proof.shop, at=NOON)


@pytest.fixture
def picture(world):
    """A picture of another design of the account, on the front of the world's proof."""
    picture = ImageFactory(design=DesignFactory(account=world.account))
    world.proof = a_proof(world.account, world.item, shows=picture)
    world.listing = a_listing(world.proof)
    return picture


def withhold(image):
    flags.flag(
        "image", image.pk, [Concern("nudity", score=0.9, withholds=True)], account_id=image.account_id,
        design_id=image.design_id, at=NOON,
    )  # fmt: skip
    return Flag.objects.get(subject_id=image.pk)


def seen_by_its_owner(proof):
    """Addresses of pages: in the proof, the order, the cart of a theme."""
    proof.refresh_from_db()
    shown = ProofOut(proof).data
    return [page["url"][:7] for page in shown["pages"]], shown["withheld"][:12], first_page_link(proof)[:7]


def test_the_pages_of_a_proof_are_not_shown_while_a_picture_on_them_is_withheld(world, picture, drain):
    Price.objects.create(format_code=world.proof.format_id, amount_minor=490, currency="USD")
    order = world.order()
    raised = withhold(picture)
    drain()

    assert seen_by_its_owner(world.proof) == (["", ""], "This picture", "")
    assert [page["tiles_url"] for page in ProofOut(world.proof).data["pages"]] == ["", ""]
    assert "screening" in codes(order)
    with pytest.raises(ProofBlocked, match="nobody sees it"):
        selling.start_checkout(world.proof, WANTED, account=world.proof.account, shop=world.proof.shop, at=NOON)
    with pytest.raises(Http404):
        serving._front_of(Product.objects.select_related("proof").get(pk=world.listing.product_id))

    told = dossier.of(order, at=NOON).lines[0]
    assert ([page["url"][:7] for page in told.pages], told.withheld) == (["/files/", "/files/"], "Looks like nudity")

    flags.allow(raised, by="7", at=NOON)
    drain()
    assert seen_by_its_owner(world.proof) == (["/files/", "/files/"], "", "/files/")
    assert "screening" not in codes(order)


def test_a_refused_picture_refuses_the_proofs_of_every_design_that_showed_it(world, picture, drain):
    order = world.order()
    flags.refuse(withhold(picture), by="7", at=NOON)
    drain()

    told = {row["code"]: row["message"] for row in Order.objects.get(pk=order.pk).blocking_reasons()}
    assert told["screening"] == "A picture or words of this order were refused."


def test_a_refused_draft_of_the_design_does_not_stop_another_picture(world, drain):
    order = world.order()
    flags.refuse(flag(world, kind="run", subject=world.proof.design_id), by="7", at=NOON)
    drain()

    assert "screening" not in codes(order)


def test_what_was_refused_after_it_went_to_the_printer_is_news_for_ops(world, drain):
    job = world.print_job()
    Order.objects.filter(pk=job.order_id).update(state="submitted")
    flags.refuse(flag(world), by="7", at=NOON)
    for _ in range(2):
        screening.follow(str(world.proof.design_id))

    order = Order.objects.get(pk=job.order_id)
    assert (order.state, codes(order).count("refused_late")) == ("needs_attention", 1)


def test_a_flag_elsewhere_holds_nothing(world, drain):
    other = a_world()
    flag(other)
    order = world.order()
    drain()

    assert "screening" not in codes(order)
