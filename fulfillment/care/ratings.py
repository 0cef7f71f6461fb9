"""One to five stars for an order that has arrived: asked once by mail, given by one press, changeable for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from cardmaker.core import events
from cardmaker.core.errors import BadInput, NotHere, Refused
from cardmaker.core.jobs import enqueue
from designs.screening.admission import admit
from fulfillment.care import announcing
from fulfillment.models import Order, PrintJobLine, RatedPrint, Rating
from fulfillment.models.ratings import MOST_STARS

ASK = "fulfillment.ask_rating"
RATABLE_FOR = timedelta(days=180)  # after the question
COMMENT_MAX = 600  # characters
CHANGEABLE_FOR = timedelta(days=30)  # after the first answer
SIGNER = Signer(salt="fulfillment.rating")


class TooLate(Refused):
    """The time to rate this order, or to change its rating, is over."""

    code = "too_late"


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    count: int
    average: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Ratings given in a span of time. `average` is None without any; `days` are in UTC, those without are left out."""

    asked: int
    count: int
    average: float | None
    days: Sequence[Day]


def queue_asking(order: Order, *, at: datetime) -> None:
    """Ask some days from now. In the transaction of a delivery; an order of several parcels queues it with each."""
    delay_s = settings.RATING_DELAY_S
    enqueue(ASK, order.pk, account_id=order.account_id, delay_s=delay_s, at=at)


def ask(order: Order, *, at: datetime) -> None:
    """Mail the question, once an order. Not before everything has arrived, nor where nobody can be reached."""
    if order.state != Order.State.DELIVERED or not order.email:
        return
    rating = Rating.objects.filter(order=order).first() or _open(order, at=at)
    announcing.mail_rating(rating, token=token_of(rating), at=at)


def token_of(rating: Rating) -> str:
    return SIGNER.sign(rating.pk.hex)


def rating_of(token: str) -> Rating:
    """The rating that a link of ours names. Raises NotHere."""
    try:
        return Rating.objects.select_related("order").get(pk=SIGNER.unsign(token))
    except (BadSignature, Rating.DoesNotExist) as exc:
        raise NotHere("This link does not lead to an order of ours. Is it complete?") from exc


def open_to_change(rating: Rating, *, at: datetime) -> bool:
    """Whether stars can still be given, or given anew."""
    since, span = (rating.rated_at, CHANGEABLE_FOR) if rating.rated_at else (rating.created_at, RATABLE_FOR)
    return at < since + span and rating.order.forgotten_at is None


def rate(rating: Rating, *, stars: int, comment: str | None = None, at: datetime) -> None:
    """Give stars, or other ones. Without `comment` the one there is stays. Raises BadInput and TooLate."""
    if stars not in range(1, MOST_STARS + 1):
        raise BadInput.beside("stars", f"From 1 to {MOST_STARS}.")
    changes: dict[str, object] = {"stars": stars}
    if comment is not None:
        changes["comment"] = admit(comment.strip(), field="comment", purpose="note", limit=COMMENT_MAX).text
    if not open_to_change(rating, at=at):
        raise TooLate("The time to change this rating is over. Write to us, and we read it gladly.")
    with transaction.atomic():
        fresh = Rating.objects.filter(pk=rating.pk, rated_at=None).update(rated_at=at, **changes)
        if fresh:
            order = rating.order
            account_id, shop_id = order.account_id, order.shop_id
            events.record("rated", at=at, account_id=account_id, shop_id=shop_id, subject=order.pk, stars=stars)
        else:
            Rating.objects.filter(pk=rating.pk).update(changed_at=at, **changes)
    rating.refresh_from_db()


def figures(since: datetime, until: datetime, *, supplier: str = "", format_code: str = "") -> Figures:
    """How orders were rated from `since` to before `until`, by day. Two queries, whatever there is."""
    about = _about(supplier, format_code)
    given = about.filter(rated_at__gte=since, rated_at__lt=until)
    by_day = given.annotate(day=TruncDate("rated_at", tzinfo=UTC)).values_list("day")
    rows = list(by_day.annotate(count=Count("pk"), sum=Sum("stars")).order_by("day"))
    count, total = sum(row[1] for row in rows), sum(row[2] for row in rows)
    days = [Day(day, number, stars / number) for day, number, stars in rows]
    asked = about.filter(mailed_at__gte=since, mailed_at__lt=until).count()
    return Figures(asked=asked, count=count, average=total / count if count else None, days=days)


def _about(supplier: str, format_code: str) -> QuerySet[Rating]:
    """Ratings of orders with such a print; a rating that is about two of them counts once."""
    if not supplier and not format_code:
        return Rating.objects.all()
    wanted = Q(supplier=supplier) if supplier else Q()
    wanted &= Q(format_id=format_code) if format_code else Q()
    return Rating.objects.filter(pk__in=RatedPrint.objects.filter(wanted).values("rating"))


def _open(order: Order, *, at: datetime) -> Rating:
    """The question's row with what it is about. Of two that ask at once one writes it."""
    printed = PrintJobLine.objects.filter(job__order=order, job__state="delivered", line__proof__isnull=False)
    about = set(printed.values_list("line__proof_id", "job__supplier", "line__proof__format_id"))
    with transaction.atomic():
        rating, new = Rating.objects.get_or_create(order=order, defaults={"account": order.account, "created_at": at})
        if new:
            RatedPrint.objects.bulk_create(
                [
                    RatedPrint(rating=rating, proof_id=proof, supplier=supplier, format_id=code)
                    for proof, supplier, code in sorted(about, key=str)
                ]
            )
    return rating
