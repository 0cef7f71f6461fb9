"""Whatever a buyer, a shop or a printer can read out leads to the order, and to no other."""

import pytest

from accounts.models import Account, User
from cardmaker.core.sealing import blind, blinds
from fulfillment.care import finding
from fulfillment.models import Order, PrintJob, Shipment
from fulfillment.tests.factories import NOON, World, a_world


@pytest.fixture
def shipped(world: World) -> Order:
    """An order with a parcel, and somebody else's beside it."""
    other = a_world()
    for each, number in ((other, "other"), (world, "9400 1000")):
        job = each.print_job(email=f"{number[:4]}@example.com")
        PrintJob.objects.filter(pk=job.pk).update(supplier_ref=f"G-{number[:4]}")
        Shipment.objects.create(job=job, carrier="USPS", tracking_number=number.replace(" ", ""), shipped_at=NOON)
    return Order.objects.latest("created_at")


def found(text: str) -> list[Order]:
    return finding.find(text).orders


def test_every_name_of_an_order_leads_to_it(shipped: Order):
    job, line = shipped.print_jobs.get(), shipped.lines.get()
    listing = line.product.listing
    names = [
        shipped.name,
        shipped.name.lstrip("#"),
        shipped.external_ref,
        shipped.external_ref.rpartition("/")[2],
        str(shipped.pk),
        str(shipped.pk)[:8],
        "9400@example.com",
        " 9400@Example.com ",
        "94001000",
        "9400 1000",
        job.reference,
        job.reference.lower(),
        job.supplier_ref,
        listing.shopify_product_id,
        listing.variant_id,
        str(line.proof_id),
        str(line.proof.design_id),
        str(shipped.account_id),
    ]

    assert {name: found(name) for name in names} == {name: [shipped] for name in names}


@pytest.mark.parametrize("text", ["", "  ", "#", "nobody@example.com", "000000", "ffffffffffff", "%", "' OR 1=1 --"])
def test_what_is_unknown_leads_nowhere(shipped: Order, text):
    assert finding.find(text).is_empty


def test_the_e_mail_of_an_account_leads_to_its_orders(shipped: Order):
    user = User.objects.create_user("ada@example.com")
    Account.objects.filter(pk=shipped.account_id).update(kind="person", user=user)

    assert found("ADA@example.com") == [shipped]


def test_a_proof_and_a_design_that_nobody_ordered_are_found_too(world: World):
    by_proof, by_design = finding.find(str(world.proof.pk)), finding.find(str(world.proof.design_id))

    assert (by_proof.proof, by_proof.orders) == (world.proof, [])
    assert (by_design.design, by_design.orders) == (world.proof.design, [])


def test_an_order_that_is_not_ours_is_not_found(world: World):
    order = world.order()
    Order.objects.filter(pk=order.pk).update(state="not_ours")

    assert found(order.name) == []


def test_the_key_of_an_address_tells_nothing_and_survives_a_new_sealing_key(settings):
    before = blind("Robin@example.com ")
    settings.SEALING_KEYS = ["3J0x1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0=", *settings.SEALING_KEYS]

    assert before in blinds("robin@example.com")
    assert blind("robin@example.com") != before
    assert (len(before), "robin" in before, blind(" ")) == (64, False, "")


@pytest.mark.parametrize(("text", "queries"), [("nobody@example.com", 4), ("#1042", 8), ("94001000", 15)])
def test_looking_costs_the_same_whatever_there_is(world: World, text, queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(queries):
        finding.find(text)
