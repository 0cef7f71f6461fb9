"""What waits for a person's judgment, and what a judgment does: pictures are withheld or shown, orders held or freed.

Every function works in the caller's transaction or its own; whoever hangs on flags further up is told through
`settings.SCREENING_FOLLOWERS`, functions of (design ids, at) that run in that same transaction.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from designs.models import Design, DesignPhoto, Flag, Image, PagePick, Photo, Proof, Run
from designs.models.screening import FlagQuerySet
from designs.screening.verdict import Concern

REASONS = {
    "nudity": "Looks like nudity",
    "banned_picture": "Looks like a banned picture",
    "protected_name": "Names a protected name",
    "profanity": "Strong language",
    "hate": "May be hateful",
    "sexual": "May be sexual",
    "violence": "May be a threat",
    "self_harm": "May be about self-harm",
    "refused_picture": "Shows a refused picture",
}
SHOWS_REFUSED = "refused_picture"  # of a proof: no flag of its own
PICTURES: dict[str, type[Image] | type[Photo]] = {"image": Image, "photo": Photo}


def open_flags() -> FlagQuerySet:
    """What ops have to judge, the oldest first, for lists and counts."""
    return Flag.objects.open().order_by("created_at", "pk")


def refused(proof: Proof) -> bool:
    """Whether a person has refused what this proof shows or says. One query."""
    return Flag.objects.filter(subject_id=proof.pk, state=Flag.State.REFUSED).exists()


def withheld_on(proof: Proof) -> str:
    """Why a picture of this proof is withheld; "" when none is. Inside a transaction, which judging waits for."""
    pictures = Image.objects.select_for_update(of=("self",)).filter(pk__in=proof.image_ids).order_by("pk")
    return next((reason for reason in list(pictures.values_list("withheld", flat=True)) if reason), "")


def look_at_proof(proof: Proof, words: Iterable[Concern], *, at: datetime) -> None:
    """Put the words of a new proof before ops, and what stands against pictures that were made for other Designs.

    In the transaction that writes it. One query, and more only when something is found.
    """
    ids = proof.image_ids
    made_by = Run.objects.filter(calls__images__in=ids).values("pk")
    elsewhere = Flag.objects.open().exclude(design=proof.design_id)
    found = elsewhere.filter(Q(subject_id__in=ids) | Q(subject_id__in=made_by)).order_by("created_at", "pk")
    concerns = [*words, *(Concern(one.reason, one.excerpt, one.score) for one in found if ids)]
    flag("proof", proof.pk, concerns, account_id=proof.account_id, design_id=proof.design_id, at=at)


def flag(
    subject_kind: str,
    subject_id: UUID,
    concerns: Iterable[Concern],
    *,
    account_id: UUID,
    design_id: UUID | None,
    at: datetime,
) -> None:
    """Put concerns before ops, each reason once. One that was judged before stays judged. Safe to repeat."""
    rows = [
        Flag(
            created_at=at,
            subject_kind=subject_kind,
            subject_id=subject_id,
            reason=concern.reason,
            score=concern.score,
            withholds=concern.withholds,
            excerpt=concern.excerpt,
            account_id=account_id,
            design_id=design_id,
        )
        for concern in concerns
    ]
    if not rows:
        return
    with transaction.atomic():
        Flag.objects.bulk_create(rows, ignore_conflicts=True)
        designs = {design_id}
        if subject_kind in PICTURES and any(row.withholds for row in rows):
            designs |= _settle_pictures(PICTURES[subject_kind], [subject_id], at=at)
        _tell(designs, at=at)


def allow(flag: Flag, *, by: str, at: datetime) -> None:
    """It may be shown and printed, as far as nothing else stands against it. Raises IllegalMove."""
    _decide(flag, Flag.State.ALLOWED, by=by, at=at)


def refuse(flag: Flag, *, by: str, at: datetime) -> None:
    """It is neither shown nor printed; what a refused prompt made goes with it. Raises IllegalMove."""
    _decide(flag, Flag.State.REFUSED, by=by, at=at)


def _decide(flag: Flag, to: str, *, by: str, at: datetime) -> None:
    with transaction.atomic():
        flag.move(to, at=at, by=by)
        designs = {flag.design_id}
        if flag.subject_kind in PICTURES:
            designs |= _settle_pictures(PICTURES[flag.subject_kind], [flag.subject_id], at=at)
        elif flag.subject_kind == Flag.Subject.RUN:
            made = Image.objects.filter(call__run=flag.subject_id).values_list("pk", flat=True)
            designs |= _settle_pictures(Image, list(made), at=at)
        _tell(designs, at=at)


def _settle_pictures(model: Any, ids: list[UUID], *, at: datetime) -> set[UUID | None]:
    """Withhold each picture that a flag of its own or of its Run stands against; show the others. Answers Designs."""
    rows = list(model.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    for row in rows:
        withheld = _withheld_for(row)
        if row.withheld != withheld:
            model.objects.filter(pk=row.pk).update(withheld=withheld)
    designs = _designs_of(model, rows, at=at)
    if model is Image:
        designs |= _judge_proofs(rows, at=at)
    return designs


def _judge_proofs(rows: list[Image], *, at: datetime) -> set[UUID | None]:
    """A finished proof that shows a withheld picture is shown to nobody but ops; what is refused, refuses it too.

    Both come back with the picture. A Design may show another picture by now than its proofs do: it is the proofs
    that are asked, all those of the pictures' owners. Answers their Designs.
    """
    ids, designs = {row.pk for row in rows}, set[UUID | None]()
    ready = Proof.objects.filter(account__in={row.account_id for row in rows}, state=Proof.State.READY)
    for proof in [proof for proof in ready.order_by("pk") if ids & set(proof.image_ids)]:
        designs.add(proof.design_id)
        withheld = withheld_on(proof)
        if withheld != proof.withheld:
            Proof.objects.filter(pk=proof.pk).update(withheld=withheld)
        state = Flag.State.REFUSED if _is_refused(proof.image_ids) else Flag.State.ALLOWED
        owner = {"account_id": proof.account_id, "design_id": proof.design_id, "created_at": at}
        mine = {"subject_kind": Flag.Subject.PROOF, "subject_id": proof.pk, "reason": SHOWS_REFUSED}
        if state == Flag.State.REFUSED or Flag.objects.filter(**mine).exists():
            decided = {"state": state, "decided_at": at}
            Flag.objects.update_or_create(**mine, defaults=decided, create_defaults={**owner, **decided})
    return designs


def _is_refused(image_ids: list[UUID]) -> bool:
    made_by = Run.objects.filter(calls__images__in=image_ids).values("pk")
    against = Flag.objects.filter(state=Flag.State.REFUSED)
    return against.filter(Q(subject_id__in=image_ids) | Q(subject_id__in=made_by)).exists()


def _withheld_for(row: Image | Photo) -> str:
    subjects = [row.pk]
    if isinstance(row, Image) and row.call_id:
        subjects += Run.objects.filter(calls=row.call_id).values_list("pk", flat=True)
    against = Flag.objects.filter(Q(state=Flag.State.REFUSED) | Q(state=Flag.State.OPEN, withholds=True))
    found = against.filter(subject_id__in=subjects).order_by("created_at", "pk")
    return found.values_list("reason", flat=True).first() or ""


def _designs_of(model: Any, rows: list[Any], *, at: datetime) -> set[UUID | None]:
    """The Designs that these pictures were made for or are shown in; each counts a new version."""
    designs = {row.design_id for row in rows}
    shown = PagePick.objects.filter(image__in=rows) if model is Image else DesignPhoto.objects.filter(photo__in=rows)
    designs |= set(shown.values_list("page__design" if model is Image else "design", flat=True))
    Design.objects.filter(pk__in=[pk for pk in designs if pk]).update(version=F("version") + 1, updated_at=at)
    return designs


def _tell(design_ids: set[UUID | None], *, at: datetime) -> None:
    wanted = sorted((pk for pk in design_ids if pk), key=str)
    for path in settings.SCREENING_FOLLOWERS if wanted else []:
        import_string(path)(wanted, at=at)
