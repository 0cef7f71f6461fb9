"""Pictures of a shop's own products: reading what the shop sells, and hanging finished pictures onto its products."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.identity import Caller
from accounts.models import Shop
from cardmaker.core import crash, jobs, storage
from cardmaker.core.errors import BadInput, NotHere
from cardmaker.core.jobs import Later
from designs.imaging.exporting import TooHeavy, export
from designs.imaging.pictures import UnreadablePicture
from designs.making import images
from designs.models import Image, ProductBrief
from designs.products import exporting
from designs.products.places import PLACES
from designs.proofs import provenance
from designs.screening.pictures import withheld_message
from fulfillment.models import PublishedPicture
from fulfillment.shopify.answers import ShopifyRejected
from fulfillment.shopify.shop import ShopifyShop

PUBLISH = "fulfillment.publish_picture"
PERMISSION = "fulfillment.add_publishedpicture"
SALT = "product-picture"
LINK_S = 24 * 3600  # Shopify fetches a picture some time after it was named
MOST_AT_ONCE = 20
State = PublishedPicture.State


def shop_of(caller: Caller) -> Shop:
    """The shop that the caller acts for: its own account, or staff for the house. Raises NotHere for everybody else."""
    is_own = caller.account is not None and caller.shop.account_id == caller.account.pk
    is_staff = caller.user is not None and caller.user.is_staff and caller.user.has_perm(PERMISSION)
    if not (is_own or (is_staff and caller.shop.kind == Shop.Kind.HOUSE)):
        raise NotHere("There is no such thing.")
    return caller.shop


def begin(
    brief: ProductBrief, *, shop: Shop, image_ids: Sequence[UUID], product_gid: str, at: datetime
) -> list[PublishedPicture]:
    """Queue pictures of this brief for a product of the shop; those it has already stay as they are.

    Raises BadInput beside `images` or `product`.
    """
    wanted = list(dict.fromkeys(image_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise BadInput.beside("images", f"Choose 1 to {MOST_AT_ONCE} pictures.")
    found = {image.pk: image for image in brief.design.images.filter(pk__in=wanted)}
    if len(found) < len(wanted):
        raise BadInput.beside("images", "There is no such picture.")
    exporting.refuse_withheld(brief.design.images.filter(pk__in=wanted))
    if not product_gid.startswith("gid://shopify/Product/"):
        raise BadInput.beside("product", "Choose a product of your shop.")
    with transaction.atomic():
        rows = [_row(brief, found[pk], shop, product_gid, at=at) for pk in wanted]
        for row in rows:
            if row.state in (State.QUEUED, State.FAILED):
                PublishedPicture.objects.filter(pk=row.pk).update(state=State.QUEUED, error="")
                jobs.enqueue(PUBLISH, row.pk, account_id=brief.account_id, at=at)
    now = PublishedPicture.objects.in_bulk([row.pk for row in rows])
    return [now[row.pk] for row in rows]


def send(row: PublishedPicture, *, shopify: ShopifyShop, at: datetime) -> Later | None:
    """Hang one picture onto its product, once: who comes back after a crash looks whether it hangs there already."""
    if row.state == State.SENDING:
        settled_at = (row.sent_at or at) + timedelta(seconds=settings.SUBMIT_SETTLE_S)
        if at < settled_at:
            return Later((settled_at - at).total_seconds())
        media_gid = shopify.media_with_alt(row.product_gid, row.alt)
        if media_gid:
            _sent(row, media_gid)
            return None
    elif row.state != State.QUEUED or not _made(row):
        return None
    # "About to call" is committed before anything leaves.
    PublishedPicture.objects.filter(pk=row.pk).update(state=State.SENDING, sent_at=at)
    try:
        media_gid = shopify.add_media(row.product_gid, picture_url(row), row.alt)
    except ShopifyRejected as refusal:
        _failed(row, str(refusal))
        return None
    crash.point("publish.answered")
    _sent(row, media_gid)
    return None


def give_up(row_id: str, error: str) -> None:
    """The job is stuck: whoever pressed the button may press it again."""
    row = PublishedPicture.objects.exclude(state=State.SENT).filter(pk=row_id).first()
    if row is not None:
        _failed(row, "The shop did not take it. Please try again later.")


def picture_url(row: PublishedPicture) -> str:
    """Where Shopify fetches it: a signed address that dies in a day."""
    token = signing.TimestampSigner(salt=SALT).sign(str(row.pk))
    return settings.PUBLIC_URL + reverse("product-picture", args=[token])


def _row(brief: ProductBrief, image: Image, shop: Shop, product_gid: str, *, at: datetime) -> PublishedPicture:
    row, _ = PublishedPicture.objects.get_or_create(
        image=image,
        product_gid=product_gid,
        defaults={"created_at": at, "shop": shop, "alt": _alt(brief, image)},
    )
    return row


def _alt(brief: ProductBrief, image: Image) -> str:
    """What it shows, in the merchant's words; different for each picture of a product."""
    page = brief.design.pages.filter(position=image.position).first()
    shown = page.prompt.partition(";")[2].replace(";", ",").strip() if page else ""
    number = image.position.rpartition("-")[2].lstrip("0")
    return f"{brief.name}, {shown} ({number})"[:400]


def _made(row: PublishedPicture) -> bool:
    """The file that leaves, with its credentials. False: it cannot be made, and the row says so."""
    shown = images.printable(row.image)
    if row.image.withheld or shown.withheld:
        _failed(row, withheld_message(row.image.withheld or shown.withheld))
        return False
    if row.file:
        return True
    wanted = PLACES["shopify"].wanted
    try:
        made = export(storage.read(shown.file), wanted)
    except (FileNotFoundError, UnreadablePicture, TooHeavy):
        _failed(row, "The picture's file cannot be read.")
        return False
    row.file = storage.put(provenance.credentialed(made.data, wanted.media_type, [shown]), "jpg")
    PublishedPicture.objects.filter(pk=row.pk).update(file=row.file)
    return True


def _sent(row: PublishedPicture, media_gid: str) -> None:
    PublishedPicture.objects.filter(pk=row.pk).update(state=State.SENT, media_gid=media_gid, error="")


def _failed(row: PublishedPicture, reason: str) -> None:
    PublishedPicture.objects.filter(pk=row.pk).update(state=State.FAILED, error=reason[:300])
