"""The app comes into a shop: opened from Shopify's admin, or by the redirect of the authorization-code flow."""

from datetime import datetime

from django.db import transaction

from accounts.models import Account, Shop
from cardmaker.core import events
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from fulfillment.merchants import permissions, uninstalling
from fulfillment.models import Order
from fulfillment.orders import intake
from fulfillment.shopify import grants, tokens
from fulfillment.shopify.client import AdminClient
from fulfillment.shopify.grants import Grant
from fulfillment.shopify.session_tokens import SessionToken
from fulfillment.shopify.shop import ShopifyShop, ShopState


class AnotherShop(Refused):
    """The token that we were given opens another shop than the one it was asked for."""

    code = "shopify_refused"


def open_app(token: SessionToken, *, at: datetime) -> Shop:
    """The shop in which the app was opened; installs it first where that is the first time, or after a while away.

    Asks Shopify only then. Raises GrantRefused, OutsideUnavailable.
    """
    shop = connected(token.shop_domain)
    if shop is not None:
        return shop
    return install(token.shop_domain, grants.exchange(token.shop_domain, token.text), at=at)


def connected(domain: str) -> Shop | None:
    """The shop behind a proven domain while the app is installed there and its token lives. One query."""
    rows = Shop.objects.filter(domain=domain, uninstalled_at=None, redacted_at=None, shopify_token__refused_at=None)
    return rows.filter(shopify_token__isnull=False).first()


def install(domain: str, grant: Grant, *, at: datetime) -> Shop:
    """Open the shop, or open it again with all it had. Safe to repeat; the newest grant counts.

    Raises AnotherShop, ShopifyRejected, OutsideUnavailable; then nothing was stored.
    """
    state = ShopifyShop.of(domain=domain, token=grant.access_token).state()
    if state.domain != domain:
        raise AnotherShop("Shopify answered for another shop.")
    with transaction.atomic():
        shop = _row(domain, state)
        was_gone = shop.installed_at is None or shop.uninstalled_at is not None
        if was_gone:
            shop.active, shop.uninstalled_at, shop.redacted_at, shop.installed_at = True, None, None, at
        _copy(shop, state)
        permissions.take_over(shop, state.scopes, at=at)
        tokens.store(shop, grant, at=at)
        if was_gone:
            _begin(shop, at=at)
    return shop


def read_scopes(shop: Shop, *, at: datetime) -> None:
    """Take over what the merchant allows now: the shop is asked, since a delivery only hints at it."""
    state = AdminClient.from_settings(shop.domain, tokens.access_token(shop, at=at)).run("app_state")
    granted = {scope["handle"] for scope in state["currentAppInstallation"]["accessScopes"]}
    with transaction.atomic():
        shop = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
        Shop.objects.filter(pk=shop.pk).update(storefront_url=state["shop"]["primaryDomain"]["url"])
        permissions.take_over(shop, granted, at=at)


def _row(domain: str, state: ShopState) -> Shop:
    """The shop's row, locked. A shop that comes back is the same shop."""
    names = {"kind": Shop.Kind.SHOPIFY, "code": _free_code(domain), "name": state.name[:120]}
    Shop.objects.get_or_create(domain=domain, defaults=names | {"currency": state.currency})
    shop = Shop.objects.select_for_update(of=("self",)).get(domain=domain)
    if shop.account is None:
        shop.account = Account.objects.create(kind=Account.Kind.SHOP)
    return shop


def _free_code(domain: str) -> str:
    """The shop's own handle; it stands in embeds."""
    handle = domain.removesuffix(".myshopify.com")[:56]
    taken = set(Shop.objects.filter(code__startswith=handle).values_list("code", flat=True)) | {Shop.HOUSE_CODE}
    names = [handle, *(f"{handle}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _copy(shop: Shop, state: ShopState) -> None:
    """What the shop says of itself. Its name is ours to keep: merchants and ops may have given it another."""
    shop.shopify_id = state.gid.rsplit("/", 1)[-1]
    shop.currency, shop.zone, shop.country = state.currency, state.zone, state.country or shop.country
    shop.storefront_url = state.storefront_url  # its pages may call us, whatever domain they have
    shop.save(
        update_fields=[
            "account", "active", "uninstalled_at", "redacted_at", "installed_at", "shopify_id", "currency", "zone",
            "country", "storefront_url",
        ]
    )  # fmt: skip


def _begin(shop: Shop, *, at: datetime) -> None:
    """Read anew the orders that waited for its return."""
    for order in Order.objects.filter(shop=shop, state=Order.State.HELD).order_by("created_at", "pk"):
        if any(reason["code"] == uninstalling.SHOP_GONE for reason in order.reasons):
            enqueue(intake.READ_ORDER, order.pk, account_id=order.account_id, at=at)
    events.record("installed", at=at, account_id=shop.account_id, shop_id=shop.pk)
