"""The job kinds about shops: their tokens and scopes, uninstalling, what privacy law asks for."""

from contextlib import suppress

from django.utils import timezone

from accounts.models import Shop
from cardmaker.core import jobs
from cardmaker.core.jobs import Later
from fulfillment import retention
from fulfillment.merchants import compliance, installing, permissions, uninstalling
from fulfillment.merchants.shops import shopify_of
from fulfillment.models import PublishedPicture
from fulfillment.sales import product_media
from fulfillment.shopify import tokens
from fulfillment.shopify.tokens import NotConnected


def confirm_uninstall(key: str) -> None:
    uninstalling.confirm(Shop.objects.get(pk=key), at=timezone.now())


def read_scopes(key: str) -> None:
    installing.read_scopes(Shop.objects.get(pk=key), at=timezone.now())


def renew_idle_tokens(_: str) -> None:
    """Once a day: a refresh token lives for ninety days, and nobody may call a shop for longer than that."""
    for shop_id in tokens.idle(at=timezone.now()):
        jobs.enqueue(tokens.RENEW_IDLE, shop_id)


def renew_idle_token(key: str) -> None:
    with suppress(NotConnected):  # the page tells the merchant, the log told ops
        tokens.renew_idle(Shop.objects.get(pk=key), at=timezone.now())


def publish_picture(key: str) -> Later | None:
    row = PublishedPicture.objects.select_related("shop", "image").filter(pk=key).first()
    if row is None:  # its product's pictures were deleted meanwhile
        return None
    return product_media.send(row, shopify=shopify_of(row.shop), at=timezone.now())


def answer_privacy(key: str) -> Later | None:
    return compliance.answer(key, at=timezone.now())


def forget_privacy(_: str) -> None:
    """Several times a day: what was asked is kept only while it is needed."""
    compliance.forget(at=timezone.now())


def purge(_: str) -> None:
    """Once a day: files, deliveries and addresses that are kept no longer."""
    retention.purge(at=timezone.now())


def register() -> None:
    jobs.register(uninstalling.CONFIRM, confirm_uninstall, timeout_s=60)
    jobs.register(permissions.READ_SCOPES, read_scopes, timeout_s=60)
    jobs.register(tokens.RENEW_IDLE, renew_idle_token, timeout_s=60)
    jobs.register("fulfillment.renew_idle_tokens", renew_idle_tokens, every_s=24 * 3600)
    on_stuck = product_media.give_up
    jobs.register(product_media.PUBLISH, publish_picture, lane="slow", timeout_s=60, on_stuck=on_stuck)
    jobs.register(compliance.ANSWER, answer_privacy, timeout_s=120)
    jobs.register("fulfillment.forget_privacy", forget_privacy, every_s=6 * 3600)
    jobs.register("fulfillment.purge", purge, lane="slow", timeout_s=300, every_s=24 * 3600)
