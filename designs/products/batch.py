"""A file of products, pictured one after the other within one budget. Begun again it goes on where it stopped."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db.models import Case, F, Sum, When

from accounts.models import Account, Shop
from cardmaker.core.errors import Refused
from cardmaker.core.money import dollars
from designs.making import generation
from designs.making.wishes import NothingToDo, missing_pages
from designs.models import Call, ProductBrief, Run
from designs.products import briefs, pricing
from designs.products.briefs import Product
from designs.products.sheet import Row

State = Literal["begun", "going", "done", "refused", "too_dear"]
# What a product is shown along when nobody chose: what most shops need first.
USUAL = {
    "angle": ["angle-front", "angle-three-quarter", "angle-above", "angle-close"],
    "background": ["background-white", "background-soft", "background-wood"],
    "light": ["light-studio", "light-morning"],
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of one row. `run` while pictures are being made; `message` for people."""

    line: int
    name: str
    state: State
    message: str = ""
    run: Run | None = None
    brief: ProductBrief | None = None


def go_on(row: Row, account: Account, shop: Shop, *, variations: int, left_micros: int, at: datetime) -> Progress:
    """Take one row as far as it can go now: take it in, plan it, begin the Run over what is missing.

    Safe to repeat: what is drawn, or being drawn, is never begun again. `left_micros`: what may still be spent.
    """
    if row.product is None:
        return Progress(row.line, "", "refused", row.problem)
    product = replace(row.product, key=row.product.key or key_of(row.product))
    try:
        brief = _brief(product, account, shop, variations, at=at)
        return _begin(row, brief, left_micros, at=at)
    except generation.OverCeiling as exc:
        return Progress(row.line, product.name, "too_dear", exc.message)
    except Refused as exc:
        return Progress(row.line, product.name, "refused", exc.message)


def committed_micros(found: Iterable[ProductBrief]) -> int:
    """What the pictures of these products have cost, and may still cost while they are being made."""
    calls = Call.objects.filter(run__design__brief__in=[brief.pk for brief in found])
    open_share = When(outcome__in=["planned", "sent", "unknown"], then=F("share_micros"))
    amount = Case(open_share, When(outcome="answered", then=F("actual_micros")), default=0)
    return int(calls.aggregate(micros=Sum(amount))["micros"] or 0)


def key_of(product: Product) -> str:
    """A name for a product that has none of its own: the same text is the same product."""
    return "text:" + hashlib.sha256(f"{product.name}\n{product.description}".encode()).hexdigest()[:24]


def _brief(product: Product, account: Account, shop: Shop, variations: int, *, at: datetime) -> ProductBrief:
    brief = ProductBrief.objects.filter(account=account, source_key=product.key).select_related("design").first()
    brief = brief or briefs.take_in(product, account, shop, at=at)[0]
    wanted = variations - brief.design.pages.count()
    if wanted > 0:
        _plan(brief, variations, at=at)
    return brief


def _plan(brief: ProductBrief, variations: int, *, at: datetime) -> None:
    drawn = brief.design.pages.count() - len(missing_pages(brief.design))
    briefs.plan_shots(brief, USUAL, variations - drawn, at=at)


def _begin(row: Row, brief: ProductBrief, left_micros: int, *, at: datetime) -> Progress:
    missing = missing_pages(brief.design)
    if not missing:
        return Progress(row.line, brief.name, "done", f"{brief.design.pages.count()} pictures", brief=brief)
    going = brief.design.runs.open().filter(stage=Run.Stage.PAGE).first()
    if going is not None:
        return Progress(row.line, brief.name, "going", run=going, brief=brief)
    try:
        run = generation.start_run(brief.design, stage="page", positions=missing, ceiling_micros=left_micros, at=at)
    except NothingToDo:
        return Progress(row.line, brief.name, "done", brief=brief)
    price = dollars(pricing.estimate(len(missing)).price_micros)
    return Progress(row.line, brief.name, "begun", f"{len(missing)} pictures for at most {price}", run, brief)


def briefs_of(rows: Sequence[Row], account: Account) -> list[ProductBrief]:
    """The products of this file that were taken in before."""
    keys = [row.product.key or key_of(row.product) for row in rows if row.product]
    return list(ProductBrief.objects.filter(account=account, source_key__in=keys))
