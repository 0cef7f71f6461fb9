"""Telling people by mail how the making of their calendar goes: it began, it is ready, it failed, it takes longer.

Each once a Run, whatever dies on the way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cardmaker.core import crash, mails
from designs.calendars import title_of
from designs.models import Design, Image, Kind, Run

SAMPLE_REASON = "The picture service does not answer just now."
MAIL_STARTED = "designs.mail_run_started"
MAIL_ENDED = "designs.mail_run_ended"
MAIL_DELAYED = "designs.mail_run_delayed"


def newsworthy(run: Run) -> bool:
    """Whether its people get mail: for a calendar's pages, and for a single one only when an address was given."""
    if run.design.kind != Kind.CALENDAR:
        return False
    return run.stage == Run.Stage.PAGE and (len(run.positions) > 1 or bool(run.notify_email))


def mail_started(run_id: str) -> None:
    """The job behind the first mail."""
    run = _run(run_id)
    if run is not None:
        _once(run, "start_mailed_at", "run_started", _facts(run), at=timezone.now())


def mail_ended(run_id: str) -> None:
    """The job behind the last mail: the preview is ready, with or without holes, or nothing came."""
    run, at = _run(run_id), timezone.now()
    if run is not None and run.state == Run.State.DONE:
        _once(run, "end_mailed_at", "run_ready", _facts(run) | {"missing": _missing(run)}, at=at)
    elif run is not None:
        _once(run, "end_mailed_at", "run_failed", _facts(run) | {"reason": run.error_message}, at=at)


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


def _sample() -> dict[str, Any]:
    url = settings.PUBLIC_URL + reverse("calendar_studio")
    return {"title": "Our year 2027", "pages": 13, "minutes": 4, "guest": True, "url": url}


def _holey_sample() -> dict[str, Any]:
    return _sample() | {"missing": listed(["March", "July"])}


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
    runs = Run.objects.select_related("account__user", "design__format")
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


def _minutes(run: Run) -> int | None:
    return None if run.eta_s is None else max(1, round(run.eta_s / 60))


def _missing(run: Run) -> str:
    there = Image.objects.filter(call__run=run).values_list("position", flat=True)
    return listed(titles_of(run.design, [name for name in run.positions if name not in set(there)]))
