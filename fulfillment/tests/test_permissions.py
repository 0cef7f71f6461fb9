"""What the merchant has not allowed is told by its name, waits, and goes on when it is allowed: nothing is lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import Account, Shop, User
from cardmaker.core.http import shared_client
from cardmaker.core.jobs import drain, enqueue
from cardmaker.core.models import Job
from cardmaker.core.money import Money
from fulfillment.care import announcing
from fulfillment.merchants import installing, merchant_page, permissions
from fulfillment.merchants.shops import shopify_of
from fulfillment.models import Checkout, Listing, Order, Shipment
from fulfillment.orders import intake
from fulfillment.shopify import session_tokens
from fulfillment.shopify.answers import ScopeMissing
from fulfillment.shopify.shop import ProductPush
from fulfillment.tests.factories import NOON, World
from fulfillment.tests.shop_kit import an_open_shop

pytestmark = pytest.mark.django_db
SHOP = "paper-and-post.myshopify.com"
HOLDING = "write_merchant_managed_fulfillment_orders"
WAITS = f"Waits for the merchant of {SHOP} to allow"


def act(sandbox, action, *lost):
    scopes = ",".join(sorted(permissions.SCOPES - set(lost)))
    return sandbox.post(f"/sandbox/shopify/shops/{SHOP}/{action}/", {"scopes": scopes})


@pytest.fixture
def shop(sandbox, settings):
    settings.SHOPIFY_BASE_URL = sandbox.url + "/shopify/{domain}"
    act(sandbox, "install")
    token = session_tokens.read(act(sandbox, "session-token")["token"], at=timezone.now())
    yield installing.open_app(token, at=timezone.now())
    shared_client("Shopify", f"{sandbox.url}/shopify/{SHOP}").close()
    shared_client.cache_clear()


def bought(shop, sandbox):
    """Somebody pays for something of this shop; the order's gid."""
    picture = sandbox.url + "/none.jpg"
    push = ProductPush(
        handle="d-1", title="A card", description="", price=Money(490, "USD"), sku="CM-1", format_title="5 × 7",
        image_url=picture, image_alt="A card", product_type="Card",
    )  # fmt: skip
    variant = shopify_of(shop).push_product(push).variant_gid
    return partial(sandbox.pay, SHOP, [{"variant_id": variant, "quantity": 1, "properties": {}}])


@pytest.mark.sandbox
@pytest.mark.serial
@pytest.mark.parametrize(("scope", "named"), [("read_orders", "read_orders"), (HOLDING, "read_merchant_managed")])
def test_an_order_that_may_not_be_read_is_held_and_its_job_waits(shop, sandbox, scope, named):
    gid = bought(shop, sandbox)()["id"]
    Job.objects.all().delete()
    fields = {"pk": Order.key_of(shop.pk, gid), "external_ref": gid, "account": Account.objects.create()}
    order = Order.objects.create(shop=shop, state="received", read_at=NOON, **fields)
    act(sandbox, "scopes", scope)
    intake.hear(shop, order.external_ref, at=timezone.now())

    drain()

    job = Job.objects.get(kind=intake.READ_ORDER)
    order.refresh_from_db()
    assert (job.state, job.attempts, job.last_error.startswith(f"{WAITS} {named}")) == ("queued", 0, True)
    assert (order.state, [reason["code"] for reason in order.blocking_reasons()]) == ("held", ["permission_missing"])
    # Shopify was asked what is allowed now, so the page says what is missing.
    assert [scope in text for text in merchant_page.connection(Shop.objects.get(pk=shop.pk))["missing"]] == [True]

    act(sandbox, "scopes")
    installing.read_scopes(shop, at=timezone.now())
    drain()

    job.refresh_from_db()
    order.refresh_from_db()
    assert (job.state, order.shop_updated_at is not None) == ("done", True)
    assert merchant_page.connection(Shop.objects.get(pk=shop.pk))["ok"] is True


@pytest.mark.sandbox
@pytest.mark.serial
def test_orders_of_which_no_webhook_came_are_found_once_they_may_be_read(shop, sandbox):
    buy = bought(shop, sandbox)
    act(sandbox, "scopes", "read_orders")
    installing.read_scopes(shop, at=timezone.now())
    Job.objects.all().delete()
    gid = buy()["id"]

    act(sandbox, "scopes")
    installing.read_scopes(shop, at=timezone.now())
    drain()

    assert list(Order.objects.filter(shop=shop).values_list("external_ref", flat=True)) == [gid]


@pytest.mark.sandbox
@pytest.mark.serial
def test_a_checkout_does_not_wait_and_ops_read_why(shop, sandbox, world: World):
    act(sandbox, "scopes", "write_products")
    product = world.listing.product
    product.shop = shop
    product.save(update_fields=["shop"])
    Listing.objects.filter(pk=world.listing.pk).update(state="pending")
    checkout = Checkout.objects.create(
        account=world.account, product=product, listing=world.listing, quantity=1, amount_minor=490
    )
    enqueue("fulfillment.open_checkout", checkout.pk)

    drain()

    checkout.refresh_from_db()
    world.listing.refresh_from_db()
    assert (checkout.state, checkout.error) == (
        "failed", "The shop could not take this order. Please try again later.",
    )  # fmt: skip
    assert world.listing.error == f"The merchant of {SHOP} has not allowed the app write_products."
    assert "write_products" not in Shop.objects.get(pk=shop.pk).scopes


class Denies:
    """A shop whose merchant allows no parcels."""

    def ship(self, *args, **named):
        raise ScopeMissing({HOLDING}, domain=SHOP)


def test_the_buyer_is_written_to_though_the_shop_may_not_be_told(world: World):
    job = world.print_job()
    shipment = Shipment.objects.create(job=job, tracking_number="T1", carrier="UPS", shipped_at=NOON)

    for _ in range(2):
        with pytest.raises(ScopeMissing):
            announcing.announce(shipment, shop=Denies(), at=NOON)

    mails = Job.objects.filter(kind="fulfillment.mail_shipped")
    assert set(mails.values_list("subject", flat=True)) == {str(shipment.pk)}


def test_losing_a_permission_hastens_nothing_and_getting_it_back_does_it_once(db):
    shop, other = an_open_shop(), an_open_shop("eve")
    Job.objects.all().delete()
    now = timezone.now()
    jobs = {}
    for each in (shop, other):
        job = enqueue("fulfillment.align_hold", each.pk, at=now)
        Job.objects.filter(pk=job.pk).update(
            run_at=now + timedelta(hours=1), last_error=f"Waits for the merchant of {each.domain} to allow {HOLDING}"
        )
        jobs[each.code] = job
    permissions.take_over(shop, permissions.SCOPES - {HOLDING}, at=now)
    assert Job.objects.filter(run_at__lte=now).count() == 0

    for _ in range(2):
        permissions.take_over(shop, permissions.SCOPES, at=now)

    assert list(Job.objects.filter(run_at__lte=now)) == [jobs["ada"]]


def test_the_console_names_the_shops_and_what_they_lack(client, django_assert_num_queries):
    an_open_shop()
    eve = an_open_shop("eve", scopes=sorted(permissions.SCOPES - {"write_products"}))
    eve.shopify_token.refused_at = NOON
    eve.shopify_token.save(update_fields=["refused_at"])

    with django_assert_num_queries(1):
        told = permissions.lacking(NOON)

    assert told == {
        "shops": [
            {
                "code": "eve",
                "domain": "eve.myshopify.com",
                "missing": ["making products (write_products)"],
                "shut": True,
            }
        ]
    }
    client.force_login(User.objects.create_superuser("ops@example.com", "correct horse battery"))
    page = client.get("/admin/").content.decode()
    assert "Shops whose merchant has to open the app (1)" in page
    assert "making products (write_products)" in page
