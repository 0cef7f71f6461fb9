"""Briefs: taking a product in, correcting what was read out of its description, and planning its shots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Account, Shop
from cardmaker.core.errors import BadInput, Refused
from designs import editing
from designs.models import Axis, Design, Page, ProductBrief, Shot, ShotOption, shot_position
from designs.products import attributes, shots
from designs.products.brands import own_brands, own_brands_in
from designs.products.shots import Option, Planned
from designs.screening.admission import admit

MAX_NAME = 120
MAX_DESCRIPTION = 4_000
SHORTEST = 3
DEFAULT_FORMAT = "product-square"
LISTS = ("materials", "colors", "features")
TEXTS = ("category", "audience")


class KnownAlready(Refused):
    """The account has a product with this key. `details`: its brief."""

    code = "known_already"


@dataclass(frozen=True, slots=True)
class Product:
    """What is said about one product, not admitted yet. `key`: the shop's own name for it, or "".

    `words`: its type and tags in the shop: read with the description, and not kept.
    """

    name: str
    description: str
    key: str = ""
    source: str = ProductBrief.Source.PASTED
    shop_product_id: str = ""
    words: str = ""


def take_in(
    product: Product, account: Account, shop: Shop, *, format_code: str = DEFAULT_FORMAT, at: datetime
) -> tuple[ProductBrief, list[str]]:
    """A Design for its pictures and the Brief with what was read; and notices of what was taken out of the text.

    Raises BadInput beside `name` or `description`, KnownAlready for a key that was taken in before.
    """
    name, description, words, notices = _admitted(product, own_brands(shop, account.pk))
    _refuse_known(product, account)
    with transaction.atomic():
        design = editing.create_design(account, shop, kind="product_image", format_code=format_code, title=name, at=at)
        brief, made = ProductBrief.objects.get_or_create(
            **({"account": account, "source_key": product.key} if product.key else {"design": design}),
            defaults={
                "created_at": at,
                "design": design,
                "account": account,
                "source": product.source,
                "name": name,
                "description": description,
                "attributes": attributes.extract(name, description, words).stored(),
                "shop_product_id": product.shop_product_id,
            },
        )
        if not made:  # the same row of the same file, a moment earlier
            raise _known(brief)
    return brief, notices


def correct(brief: ProductBrief, changes: Mapping[str, Any], *, at: datetime) -> None:
    """Change attributes as the person says; shots that were drawn stay, planned ones are described anew.

    Raises BadInput beside the attribute.
    """
    own = own_brands_in(brief.design)
    cleaned = {name: _attribute(name, value, own) for name, value in changes.items()}
    with transaction.atomic():
        brief.design.touch(at=at)
        stored = ProductBrief.objects.values_list("attributes", flat=True).get(pk=brief.pk)
        brief.attributes = {**attributes.Attributes().stored(), **stored, **cleaned}
        brief.save(update_fields=["attributes"])
        _describe_anew(brief)


def plan_shots(
    brief: ProductBrief, chosen: Mapping[str, Sequence[str]], variations: int, *, at: datetime
) -> list[Shot]:
    """Plan `variations` further shots along the chosen options; what was planned and not drawn is planned anew.

    Raises BadInput beside `options` or `variations`.
    """
    options = _options(chosen)
    with transaction.atomic():
        brief.design.touch(at=at)
        drawn = _drawn(brief.design)
        if not 1 <= variations <= shots.MOST_SHOTS - len(drawn):
            raise BadInput.beside("variations", _bounds(shots.MOST_SHOTS - len(drawn)))
        brief.design.pages.exclude(pk__in=[shot.page_id for shot in drawn]).delete()
        taken = [(frozenset(shot.options.values()), shot.take) for shot in drawn]
        planned = shots.plan(_subject(brief), options, variations=variations, taken=taken)
        return _written(brief.design, planned)


def options_on_offer() -> dict[str, list[Option]]:
    """What can be chosen, axis by axis, in order. One query."""
    found: dict[str, list[Option]] = {axis: [] for axis in Axis.values}
    for row in ShotOption.objects.on_offer():
        found[row.axis].append(Option(row.code, row.axis, row.title, row.prompt))
    return found


def _admitted(product: Product, own: Sequence[str]) -> tuple[str, str, str, list[str]]:
    name = admit(product.name, field="name", limit=MAX_NAME, own=own)
    description = admit(product.description, field="description", limit=MAX_DESCRIPTION, own=own)
    words = admit(product.words, field="description", limit=MAX_DESCRIPTION, own=own)
    if len(name.text) < SHORTEST:
        raise BadInput.beside("name", "Say what the product is called.")
    removed = dict.fromkeys([*name.removed, *description.removed])
    notices = [f"We took {what} out of the description." for what in removed]
    notices += dict.fromkeys([*name.told, *description.told])
    return " ".join(name.text.split()), description.text, words.text, notices


def _refuse_known(product: Product, account: Account) -> None:
    known = ProductBrief.objects.filter(account=account, source_key=product.key).first() if product.key else None
    if known:
        raise _known(known)


def _known(brief: ProductBrief) -> KnownAlready:
    return KnownAlready("This product is here already.", details={"brief": str(brief.pk)})


def _attribute(name: str, value: Any, own: Sequence[str]) -> Any:
    if name in LISTS and isinstance(value, list) and all(isinstance(text, str) for text in value):
        if len(value) > attributes.MOST:
            raise BadInput.beside(name, f"At most {attributes.MOST}.")
        texts = [_attribute_text(name, text, own) for text in value]
        return list(dict.fromkeys(text for text in texts if text))
    if name in TEXTS and isinstance(value, str):
        return _attribute_text(name, value, own)
    expected = ", ".join((*TEXTS, *LISTS))
    raise BadInput.beside("attributes", f"{name[:40]}: only {expected}; {', '.join(LISTS)} are lists of texts.")


def _attribute_text(name: str, text: str, own: Sequence[str]) -> str:
    return " ".join(admit(text, field=name, limit=attributes.LONGEST_TEXT, own=own).text.split())


def _options(chosen: Mapping[str, Sequence[str]]) -> dict[str, list[Option]]:
    offered = options_on_offer()
    unknown = sorted(set(chosen) - set(offered))
    if unknown:
        raise BadInput.beside("options", f"There is no {unknown[0][:40]}; only {', '.join(offered)}.")
    by_code = {option.code: option for options in offered.values() for option in options}
    for axis, codes in chosen.items():
        for code in codes:
            if code not in by_code or by_code[code].axis != axis:
                raise BadInput.beside("options", f"There is no {axis} “{str(code)[:60]}”.")
    return {axis: [by_code[code] for code in dict.fromkeys(codes)] for axis, codes in chosen.items()}


def _bounds(left: int) -> str:
    return f"Choose between 1 and {left}." if left else f"All {shots.MOST_SHOTS} pictures of this product are drawn."


def _drawn(design: Design) -> list[Shot]:
    """Shots that have a picture, or a Run that will bring one: they are somebody's money."""
    spent = design.pages.filter(position__in=design.images.values("position")) | design.pages.filter(
        position__in=_under_way(design)
    )
    return list(Shot.objects.filter(page__in=spent).select_related("page").order_by("page__position"))


def _under_way(design: Design) -> list[str]:
    runs = design.runs.open().values_list("positions", flat=True)
    return [position for positions in runs for position in positions]


def _written(design: Design, planned: Sequence[Planned]) -> list[Shot]:
    taken = set(design.pages.values_list("position", flat=True))
    free = (name for number in range(1, shots.MOST_SHOTS + 1) if (name := shot_position(number)) not in taken)
    pages = [Page(design=design, position=next(free), prompt=shot.prompt) for shot in planned]
    Page.objects.bulk_create(pages)
    return Shot.objects.bulk_create(
        Shot(page=page, options=dict(shot.options), take=shot.take) for page, shot in zip(pages, planned, strict=True)
    )


def _describe_anew(brief: ProductBrief) -> None:
    by_code = {option.code: option for options in options_on_offer().values() for option in options}
    drawn = {shot.page_id for shot in _drawn(brief.design)}
    waiting = Shot.objects.filter(page__design=brief.design).exclude(page__in=drawn).select_related("page")
    pages = []
    for shot in waiting:
        ways = [by_code[code] for axis in shots.AXES if (code := shot.options.get(axis)) in by_code]
        shot.page.prompt = shots.prompt_of(_subject(brief), ways)
        pages.append(shot.page)
    Page.objects.bulk_update(pages, ["prompt"])


def _subject(brief: ProductBrief) -> str:
    return attributes.subject_of(brief.name, brief.attributes)
