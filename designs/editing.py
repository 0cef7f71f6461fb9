"""Writing a Design: beginning one, and what a person puts on its Pages. Nothing is stored before it was admitted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from accounts.models import Account, Shop
from billing import workload
from cardmaker.core import events
from cardmaker.core.errors import BadInput, NotHere
from designs import catalog, fonts
from designs.imaging.crop import BadCrop, Focus
from designs.imaging.lettering import BadLettering, Lettering, TooLong, Undrawable
from designs.imaging.typesetting import set_words
from designs.models import Design, Format, Image, Kind, Page, PagePick, StyleTemplate
from designs.products.brands import own_brands_in
from designs.proofs.composing import lettering_on, words_sheet
from designs.screening import rawinputs
from designs.screening.admission import Admitted, admit
from designs.screening.pictures import withheld_message
from designs.year import calendars

if TYPE_CHECKING:
    from accounts.identity import Caller

MAX_TITLE = 120
MAX_SHOWN_CHARACTERS = 10  # that no font can draw; more of them help nobody
LETTERING_FIELDS = frozenset({"font", "size", "align", "layout", "color", "plate", "form"})
CROP_FIELDS = frozenset({"x", "y", "zoom"})


def create_design(
    account: Account, shop: Shop, *, kind: str, format_code: str, title: str = "", at: datetime
) -> Design:
    """Begin a Design with an empty Page for each position.

    Raises BadInput beside `kind`, `format` or `title`, and QuotaSpent for more than one account begins in a day.
    """
    design_format = format_on_offer(format_code, shop)
    if design_format.kind != kind:
        raise BadInput.beside("kind", "This format is not made in that kind.")
    design = Design(created_at=at, account=account, shop=shop, kind=kind, format=design_format, updated_at=at)
    design.title = _title(title)
    if kind == Kind.CALENDAR:
        design.calendar = calendars.defaults(shop.country, at=at)
    with transaction.atomic():
        workload.take_on("design", account.pk, at=at)
        design.save(force_insert=True)
        Page.objects.bulk_create(Page(design=design, position=position) for position in design_format.position_names)
        events.record("design", at=at, account_id=account.pk, shop_id=shop.pk, subject=design.pk, kind=kind)
    return design


def change_design(
    design: Design,
    *,
    title: str | None = None,
    format_code: str | None = None,
    calendar: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    """Rename it, change dates of a calendar, or take its pages to another Format of its kind.

    Pages that the new Format lacks wait for the way back. Raises BadInput beside the field.
    """
    changes: dict[str, Any] = {} if title is None else {"title": _title(title)}
    if format_code is not None:
        changes["format"] = format_on_offer(format_code, design.shop)
        if changes["format"].kind != design.kind:
            raise BadInput.beside("format", "This format is made in another kind.")
    if calendar is not None and design.kind != Kind.CALENDAR:
        raise BadInput.beside("calendar", f"A {design.kind} has no dates.")
    with transaction.atomic():
        if calendar is not None:
            # Merged behind the lock: two tabs that change two options must both have their way.
            stored = Design.objects.select_for_update().values_list("calendar", flat=True).get(pk=design.pk)
            changes["calendar"] = calendars.changed(stored, calendar, at=at)
        design.touch(at=at, **changes)
        if format_code is not None:
            _add_missing_pages(design, changes["format"])


def write_page(
    design: Design, position: str, changes: Mapping[str, Any], *, caller: "Caller", at: datetime
) -> tuple[Page, list[str]]:
    """Change what `changes` names: prompt, style, words, lettering, crop, picks. Answers with notices for the person.

    Raises NotHere for a page that the Format does not have, and BadInput beside the field that cannot be used.
    """
    entry = _entry(design, position)
    fields, notices = _fields(changes, design)
    picks = _picked_images(changes["picks"], design, entry, caller) if "picks" in changes else None
    page = design.pages.select_related("style").prefetch_related("picks__image").get(position=position)
    _check_words(page, design, fields, picks=[pick.image for pick in page.picked] if picks is None else picks)
    with transaction.atomic():
        # Two tabs writing two pages at once must not pass the format's limit together.
        Design.objects.select_for_update().get(pk=design.pk)
        if picks is not None:
            _replace_picks(page, design, picks)
        if fields:
            Page.objects.filter(pk=page.pk).update(**fields)
        for name in fields.keys() & {"prompt", "words"}:
            rawinputs.keep(design.account_id, f"{design.pk} {position} {name}", changes[name], at=at)
        design.touch(
            at=at, **({"state": Design.State.DRAFT} if design.state == Design.State.FINALIZED and picks else {})
        )
    return design.pages.select_related("style").prefetch_related("picks__image").get(pk=page.pk), notices


def format_on_offer(code: str, shop: Shop) -> Format:
    """Raises BadInput beside `format`."""
    found = Format.objects.on_offer().filter(pk=code).first()
    if found is None or not catalog.sells(shop, code):
        raise BadInput.beside("format", "There is no such format.")
    return found


def _title(title: str) -> str:
    text = admit(title, field="title", purpose="words").text
    if len(text) > MAX_TITLE:
        raise BadInput.beside("title", f"At most {MAX_TITLE} characters.")
    return " ".join(text.split())


def _add_missing_pages(design: Design, design_format: Format) -> None:
    there = set(design.pages.values_list("position", flat=True))
    missing = [position for position in design_format.position_names if position not in there]
    Page.objects.bulk_create(Page(design=design, position=position) for position in missing)


def _entry(design: Design, position: str) -> dict[str, Any]:
    try:
        return (design.format or Format(positions=[])).entry(position)
    except KeyError as exc:
        raise NotHere(f"This format has no page “{position[:40]}”.") from exc


def _fields(changes: Mapping[str, Any], design: Design) -> tuple[dict[str, Any], list[str]]:
    """The Page's own columns, admitted and checked one by one, and what admission took away."""
    fields: dict[str, Any] = {}
    notices: list[str] = []
    for name, purpose in (("prompt", "prompt"), ("words", "words")):
        if name in changes:
            admitted = _admitted(changes[name], name, purpose, design)
            fields[name] = admitted.text
            notices += admitted.notices(name)
    if "style" in changes:
        fields["style"] = _style(changes["style"])
    if "lettering" in changes:
        fields["lettering"] = _lettering(changes["lettering"])
    if "crop" in changes:
        fields["crop"] = _crop(changes["crop"])
    return fields, notices


def _admitted(text: str, field: str, purpose: str, design: Design) -> Admitted:
    if purpose == "words":
        return admit(text, field=field, purpose="words")
    longest = calendars.LONGEST_PROMPT if design.kind == Kind.CALENDAR else None
    return admit(text, field=field, longest=longest, own=own_brands_in(design))


def _style(code: str | None) -> StyleTemplate | None:
    if not code:
        return None
    style = StyleTemplate.objects.on_offer().filter(pk=code).first()
    if style is None:
        raise BadInput.beside("style", "There is no such style.")
    return style


def _lettering(asked: Mapping[str, Any]) -> dict[str, Any]:
    _known_only("lettering", asked, LETTERING_FIELDS)
    for name, value in asked.items():
        if not isinstance(value, str | None) and (name != "size" or isinstance(value, bool | list | dict)):
            raise BadInput.beside("lettering", f"{name}: must be text.")
    try:
        Lettering.parse(asked)
    except BadLettering as exc:
        raise BadInput.beside("lettering", f"{exc.field}: {exc}.") from exc
    return dict(asked)


def _crop(asked: Mapping[str, Any] | None) -> dict[str, float]:
    """Empty for a crop that is found for each format."""
    if not asked:
        return {}
    _known_only("crop", asked, CROP_FIELDS)
    try:
        focus = Focus.parse(asked)
    except BadCrop as exc:
        raise BadInput.beside("crop", f"{exc}.") from exc
    return {"x": focus.x, "y": focus.y, "zoom": focus.zoom}


def _known_only(field: str, asked: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(map(str, asked)) - known)
    if unknown:
        raise BadInput.beside(field, f"There is no {unknown[0][:40]} here; only {', '.join(sorted(known))}.")


def _check_words(page: Page, design: Design, fields: Mapping[str, Any], *, picks: list[Image]) -> None:
    """Set the words for real: only so it is known that every character can be drawn and that they fit."""
    if not fields.keys() & {"words", "lettering"} or design.format is None:
        return
    words, asked = fields.get("words", page.words), fields.get("lettering", page.lettering)
    lettering = Lettering.parse(lettering_on(asked, picks[0] if picks else None))
    missing = fonts.missing_characters(words, lettering.font)
    if missing:
        shown = " ".join(missing[:MAX_SHOWN_CHARACTERS])
        raise BadInput.beside("words", f"No font of ours can print {shown}. Please leave it out.")
    sheet = words_sheet(design, design.format, page.position, over_picture=bool(picks))
    try:
        set_words(words, lettering, sheet)
    except (TooLong, Undrawable) as exc:
        raise BadInput.beside("words", str(exc)) from exc


def _picked_images(ids: Sequence[UUID], design: Design, entry: Mapping[str, Any], caller: "Caller") -> list[Image]:
    """The Images in the order given; any of the Account's may be picked, whatever Design it was made for."""
    if ids and not entry["picture"]:
        raise BadInput.beside("picks", f"{entry['title']} takes no picture.")
    if len(set(ids)) != len(ids):
        raise BadInput.beside("picks", "Each picture once.")
    if len(ids) > design.max_picks:
        raise BadInput.beside("picks", f"At most {design.max_picks} on this page.")
    found = {image.pk: image for image in Image.objects.visible_to(caller).filter(pk__in=ids)}
    if len(found) < len(ids):
        raise BadInput.beside("picks", "There is no such picture.")
    for image in found.values():
        if image.withheld:
            raise BadInput.beside("picks", withheld_message(image.withheld))
    return [found[pk] for pk in ids]


def _replace_picks(page: Page, design: Design, images: list[Image]) -> None:
    assert design.format is not None
    others = PagePick.objects.filter(page__design=design, page__position__in=design.format.picture_positions)
    taken = others.exclude(page=page).values("page").distinct().count()
    if images and taken >= design.format.max_pictures:
        raise BadInput.beside("picks", f"At most {design.format.max_pictures} pages of this format carry pictures.")
    PagePick.objects.filter(page=page).delete()
    PagePick.objects.bulk_create(PagePick(page=page, image=image, rank=rank) for rank, image in enumerate(images))
