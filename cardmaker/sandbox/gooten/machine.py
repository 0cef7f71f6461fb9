"""How an item moves: New, ReadyForImageDl (really downloads), Pending, InProduction, Printing, Shipped, Delivered."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from cardmaker.sandbox import pictures
from cardmaker.sandbox.models import GootenImage, GootenItem

from . import bodies
from .catalog import ITEMS

STEPS = ("New", "ReadyForImageDl", "Pending", "InProduction", "Printing", "Shipped", "Delivered")
BACK_ON_TRACK = {
    "NeedsManualApproval": "ReadyForImageDl",
    "ImageIssue": "ReadyForImageDl",
    "AddressIssue": "ReadyForImageDl",
}
PROBLEMS = ("ImageIssue", "AddressIssue", "VendorAPIIssue", "PaymentIssue", "Hold")
CANCELLABLE = {
    "AccountingIssue",
    "AddressIssue",
    "HoldByCIImageIssue",
    "ImageIssue",
    "NeedsManualApproval",
    "New",
    "ReadyForAccounting",
    "ReadyForImageDl",
    "Pending",
    "Test",
}
STATUSES = {*STEPS, *BACK_ON_TRACK, *PROBLEMS, *CANCELLABLE, "Cancelled", "NeedsPersonalization"}
FORMATS = {"JPEG", "PNG", "TIFF"}
MAX_BYTES = 200 * pictures.MEBIBYTE
MAX_RATIO_ERROR = 0.01
DOWNLOAD_RETRIES = 6


def move(item: GootenItem, was: str, to: str, *, at: datetime, issue: str = "") -> bool:
    """Change one item's status and tell the application. False: it was no longer `was`."""
    changes: dict[str, object] = {"status": to, "issue": issue, "due_at": None, "downloads_failed": 0}
    if to in STEPS[:-1]:
        changes["due_at"] = at + timedelta(seconds=settings.STEP_S)
    if to == "Shipped" and not item.tracking_number:
        changes |= _shipment(item)
    with transaction.atomic():
        current = GootenItem.objects.filter(pk=item.pk, status=was).first()
        if current is None:
            return False
        changes["history"] = [*current.history, {"status": to, "at": at.isoformat()}]
        GootenItem.objects.filter(pk=item.pk).update(**changes)
        bodies.send(item.order, at=at)
    item.refresh_from_db()
    return True


def _shipment(item: GootenItem) -> dict[str, str]:
    number = f"9400111899{item.number:012d}"
    return {
        "carrier": "USPS",
        "tracking_number": number,
        "tracking_url": f"https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    }


def step(item: GootenItem, *, at: datetime) -> bool:
    """One step along the way. Downloads when it leaves ReadyForImageDl. False: there is no next step."""
    was = item.status
    if was == "ReadyForImageDl":
        return _leave_download(item, at=at)
    if was in BACK_ON_TRACK:
        return move(item, was, BACK_ON_TRACK[was], at=at)
    if was not in STEPS[:-1]:
        return False
    return move(item, was, STEPS[STEPS.index(was) + 1], at=at)


def advance(item: GootenItem, to: str, *, at: datetime) -> None:
    """Step by step until the item is `to` (blank: one step), comes to a problem or to its end."""
    for _ in range(len(STEPS)):
        was = item.status
        if was == to:
            return
        if not step(item, at=at):
            item.refresh_from_db()  # the clock may have been quicker
        if not to or item.status == was or item.status in PROBLEMS:
            return


def force(item: GootenItem, to: str, *, at: datetime, issue: str) -> None:
    """Put an item into a status whatever its own is, even while the clock moves it."""
    while not move(item, item.status, to, at=at, issue=issue):
        item.refresh_from_db()


def _leave_download(item: GootenItem, *, at: datetime) -> bool:
    """On to Pending or ImageIssue; or, when nobody answers, not yet: an application may be restarting."""
    try:
        problem = _download(item, at=at)
    except pictures.NotNow as exc:
        if item.downloads_failed < DOWNLOAD_RETRIES:
            again_at = at + timedelta(seconds=settings.RETRY_S * 2**item.downloads_failed)
            later = {"due_at": again_at, "issue": str(exc), "downloads_failed": item.downloads_failed + 1}
            GootenItem.objects.filter(pk=item.pk, status="ReadyForImageDl").update(**later)
            return False
        problem = str(exc)
    return move(item, "ReadyForImageDl", "ImageIssue" if problem else "Pending", at=at, issue=problem)


def _download(item: GootenItem, *, at: datetime) -> str:
    """Fetch and check every image; what is wrong, or nothing. No transaction is open meanwhile. Raises NotNow."""
    problems = []
    for image in item.images.order_by("index"):
        problem = _fetch(image, item, at=at)
        GootenImage.objects.filter(pk=image.pk).update(error=problem[:300], fetched_at=at)
        if problem:
            problems.append(f"{image.space_id}: {problem}")
    return "; ".join(problems)[:300]


def _fetch(image: GootenImage, item: GootenItem, *, at: datetime) -> str:
    try:
        picture = pictures.fetch(image.url, max_bytes=MAX_BYTES)
    except pictures.NotNow:
        raise
    except pictures.Unfetchable as exc:
        return str(exc)
    GootenImage.objects.filter(pk=image.pk).update(**picture.columns())
    return _fault_of(picture, _space_size(item, image.space_id))


def _space_size(item: GootenItem, space_id: str) -> tuple[int, int]:
    return next(space.size_px for space in ITEMS[item.sku].spaces if space.id == space_id)


def _fault_of(picture: pictures.Picture, size_px: tuple[int, int]) -> str:
    """What a print shop has against the file, or nothing."""
    width, height = size_px
    if picture.format not in FORMATS:
        return f"{picture.format} is not accepted: JPEG, PNG or TIFF"
    if picture.mode != "RGB":
        return f"The color mode is {picture.mode}, not RGB"
    if abs(picture.width_px / picture.height_px / (width / height) - 1) > MAX_RATIO_ERROR:
        return f"{picture.width_px} x {picture.height_px} has not the proportions of {width} x {height}"
    if picture.width_px < width or picture.height_px < height:
        return f"{picture.width_px} x {picture.height_px} is smaller than {width} x {height}"
    return ""
