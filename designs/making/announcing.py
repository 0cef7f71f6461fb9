"""Telling people by mail how the making of their calendar goes: it began, it is ready, it failed, it takes longer.

Of product pictures only the end is told. Each mail once a Run, whatever dies on the way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cardmaker.core import crash, mails
from designs.models import Design, Image, Kind, Run
from designs.year.calendars import title_of

WATCHED = 6  # product pictures that come while one looks: about half a minute
SAMPLE_REASON = "The picture service does not answer just now."
MAIL_STARTED = "designs.mail_run_started"
MAIL_ENDED = "designs.mail_run_ended"
MAIL_DELAYED = "designs.mail_run_delayed"


def newsworthy(run: Run) -> bool:
    """Whether its people get mail: for a calendar's pages, and for a single one only when an address was given."""
    return run.design.kind == Kind.CALENDAR and _worth_a_mail(run, watched=1)


def ends_in_mail(run: Run) -> bool:
    """Whether its end is told: of product pictures too, unless they are so few that whoever pressed watches them."""
    return newsworthy(run) or (run.design.kind == Kind.PRODUCT_IMAGE and _worth_a_mail(run, watched=WATCHED))


def _worth_a_mail(run: Run, *, watched: int) -> bool:
    return run.stage == Run.Stage.PAGE and (len(run.positions) > watched or bool(run.notify_email))


def mail_started(run_id: str) -> None:
    """The job behind the first mail."""
    run = _run(run_id)
    if run is not None:
        _once(run, "start_mailed_at", "run_started", _facts(run), at=timezone.now())


def mail_ended(run_id: str) -> None:
    """The job behind the last mail: the preview is ready, with or without holes, or nothing came."""
    run, at = _run(run_id), timezone.now()
    if run is None or run.state == Run.State.CANCELLED:
        return
    is_done, of_products = run.state == Run.State.DONE, run.design.kind == Kind.PRODUCT_IMAGE
    facts = _product_facts(run) if of_products else _facts(run) | {"missing": _missing(run) if is_done else ""}
    name = f"{'product_run' if of_products else 'run'}_{'ready' if is_done else 'failed'}"
    _once(run, "end_mailed_at", name, facts | {"reason": run.error_message}, at=at)


def mail_delayed(run_id: str) -> None:
    """The job behind the mail about a Run that takes much longer; whoever queues it does so once."""
    run = _run(run_id)
    if run is not None and run.state in Run.OPEN:
        mails.send("run_delayed", _facts(run), to=_address(run), key=str(run.pk))


def titles_of(design: Design, positions: Sequence[str]) -> list[str]:
    """What people call these pages: "Cover", "March"."""
    titles = {entry["position"]: entry["title"] for entry in design.format.positions} if design.format else {}
    return [title_of(name, design.calendar, otherwise=titles.get(name, name)) for name in positions]


def listed(names: Sequence[str]) -> str:
    """As a sentence says it: "March, May and July"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def register_mails() -> None:
    """Name this app's mails, and show ops what they look like."""
    mails.register("run_started", "Calendar: generation started", _sample)
    mails.register("run_ready", "Calendar: preview ready", lambda: _sample() | {"missing": ""})
    mails.register("run_ready_in_part", "Calendar: preview ready, pages missing", _holey_sample, path="email/run_ready")
    mails.register("run_failed", "Calendar: generation failed", lambda: _sample() | {"reason": SAMPLE_REASON})
    mails.register("run_delayed", "Calendar: generation is delayed", _sample)
    mails.register("product_run_ready", "Product pictures: ready", _product_sample)
    mails.register("product_run_failed", "Product pictures: failed", lambda: _product_sample() | {"pictures": 0})


def _sample() -> dict[str, Any]:
    url = settings.PUBLIC_URL + reverse("calendar_studio")
    return {"title": "Our year 2027", "pages": 13, "minutes": 4, "guest": True, "url": url}


def _holey_sample() -> dict[str, Any]:
    return _sample() | {"missing": listed(["March", "July"])}


def _product_sample() -> dict[str, Any]:
    url = settings.PUBLIC_URL + reverse("products")
    facts = {"title": "Meadow mug", "pictures": 22, "missing": 2, "guest": True, "url": url}
    return facts | {"reason": SAMPLE_REASON}


def _once(run: Run, field: str, name: str, facts: dict[str, Any], *, at: datetime) -> None:
    """Claim, then send. A mail that failed is let go of and sent again by the job's next attempt.

    A worker that dies in between leaves the claim: nobody sends a second mail by guess.
    """
    row, address = Run.objects.filter(pk=run.pk), _address(run)
    if not address or not row.filter(**{field: None}).update(**{field: at}):
        return
    crash.point("designs.mail.claimed")
    sent = False
    try:
        mails.send(name, facts, to=address, key=str(run.pk))
        sent = True
    finally:
        if not sent:
            row.update(**{field: None})
    crash.point("designs.mail.sent")


def _run(run_id: str) -> Run | None:
    """With what a mail needs; None when nobody wants to hear of it any more."""
    runs = Run.objects.select_related("account__user", "design__format", "design__brief")
    return runs.filter(pk=run_id, design__deleted_at=None, account__erased_at=None).first()


def _address(run: Run) -> str:
    return run.notify_email or (run.account.user.email if run.account.user else "")


def _facts(run: Run) -> dict[str, Any]:
    return {
        "title": run.design.title or _("Your calendar %(year)s") % {"year": run.design.calendar.get("year", "")},
        "pages": len(run.positions),
        "minutes": _minutes(run),
        "guest": run.account.user is None,
        "url": settings.PUBLIC_URL + reverse("calendar_studio_design", args=[run.design_id]),
    }


def _product_facts(run: Run) -> dict[str, Any]:
    there = set(Image.objects.filter(call__run=run).values_list("position", flat=True))
    return {
        "title": run.design.title,
        "pictures": len(there),
        "missing": len(set(run.positions) - there),
        "guest": run.account.user is None,
        "url": settings.PUBLIC_URL + reverse("product", args=[run.design.brief.pk]),
    }


def _minutes(run: Run) -> int | None:
    return None if run.eta_s is None else max(1, round(run.eta_s / 60))


def _missing(run: Run) -> str:
    there = Image.objects.filter(call__run=run).values_list("position", flat=True)
    return listed(titles_of(run.design, [name for name in run.positions if name not in set(there)]))
