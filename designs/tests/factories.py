"""Rows for tests, made as the domain makes them. `paint` and `drawn_image` put real files into private storage."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import factory
from django.conf import settings
from django.core import serializers
from django.db.models import Model

from accounts.identity import Caller
from accounts.models import Account, Shop
from cardmaker.core import storage
from designs.imaging.sights import GRID, Sights
from designs.making import images
from designs.models import Call, Design, Format, Image, Page, PagePick, PrintSpec, Proof, Run
from designs.providers.base import Output
from designs.providers.fake import plain_png
from designs.year import calendars

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FLAT, FOLDED = "card-5x7-flat", "card-5x7-folded"
LANDSCAPE, SQUARE = "calendar-wall-landscape", "calendar-wall-square"


def load_reference_rows() -> None:
    """Formats and styles as they are shipped: what loaddata writes, of rows that were read once."""
    for name in ("formats", "styles"):
        rows = _shipped(name)
        others = [field.attname for field in rows[0]._meta.concrete_fields if not field.primary_key]
        type(rows[0]).objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=others)


@cache
def _shipped(name: str) -> list[Model]:
    told = (settings.BASE_DIR / "fixtures" / f"{name}.json").read_text()
    return [row.object for row in serializers.deserialize("json", told)]


class ShopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Shop

    kind = "shopify"
    code = factory.Sequence(lambda number: f"shop-{number}")
    name = "A shop"
    domain = factory.Sequence(lambda number: f"shop-{number}.myshopify.com")


class AccountFactory(factory.django.DjangoModelFactory):
    """A guest whose browser has done its proof of work."""

    class Meta:
        model = Account

    proven_until = NOON.replace(year=2100)


class DesignFactory(factory.django.DjangoModelFactory):
    """A card with a Page for each position of its format; the front has a prompt."""

    class Meta:
        model = Design
        skip_postgeneration_save = True

    account = factory.SubFactory(AccountFactory)
    shop = factory.SubFactory(ShopFactory)
    kind = "card"
    format_id = FLAT
    created_at = NOON
    updated_at = NOON

    @factory.post_generation
    def pages(self, create, extracted, **kwargs):
        for position in Format.objects.get(pk=self.format_id).position_names:
            prompt = "a fox in the snow" if position == "front" else ""
            Page.objects.create(design=self, position=position, prompt=prompt)


class CalendarFactory(DesignFactory):
    """A calendar of 2027 with a prompt on each of its thirteen pages."""

    kind = "calendar"
    format_id = LANDSCAPE
    calendar = factory.LazyFunction(lambda: calendars.defaults(at=NOON))

    @factory.post_generation
    def prompts(self, create, extracted, **kwargs):
        self.pages.update(prompt="a fox in the snow")


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Run

    design = factory.SubFactory(DesignFactory)
    account = factory.SelfAttribute("design.account")
    shop = factory.SelfAttribute("design.shop")
    stage = "candidate"
    positions = ["front"]
    count = 1
    created_at = NOON


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Call

    run = factory.SubFactory(RunFactory)
    position = "front"
    number = 0
    provider = "fake"
    request = factory.LazyFunction(lambda: stored_request())
    share_micros = 2_000


class ImageFactory(factory.django.DjangoModelFactory):
    """A row without files; see `drawn_image`."""

    class Meta:
        model = Image

    design = factory.SubFactory(DesignFactory)
    account = factory.SelfAttribute("design.account")
    shop = factory.SelfAttribute("design.shop")
    position = "front"
    tier = "draft"
    file = "aa/bb/full.png"
    display_file = "aa/bb/display.webp"
    thumb_file = "aa/bb/thumb.webp"
    sha256 = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    width_px = 742
    height_px = 1024
    model_width_px = 742
    model_height_px = 1024
    provider = "fake"
    model = "rectangles"
    prompt_digest = "0" * 64
    sights = factory.LazyFunction(lambda: Sights((), bytes(GRID * GRID)).stored())
    created_at = NOON


def stored_request(**changes):
    """The request of a Call as planned: one draft picture of a fox."""
    asked = {
        "prompt": "a fox in the snow", "style": {}, "width_px": 74, "height_px": 102, "count": 1, "tier": "draft",
        "seed": 7, "base": None, "instruction": "", "purpose": "card",
    }  # fmt: skip
    return {**asked, **changes}


def drawn_image(design, *, tier="final", width_px=1575, height_px=2175, color=b"\x40\x80\xc0", **fields):
    """An Image whose files are really there: one plain color, 300 dpi on a flat 5x7 card."""
    data = plain_png(width_px, height_px, color)
    output = Output(data, "image/png", width_px, height_px, width_px, height_px, 7, {"seed": 7}, "A plain rectangle")
    kept = images.keep([output])[0]
    sizes = {"width_px": width_px, "height_px": height_px, "model_width_px": width_px, "model_height_px": height_px}
    files = {"file": kept.file, "display_file": kept.display_file, "thumb_file": kept.thumb_file, "sha256": kept.sha256}
    return ImageFactory(design=design, tier=tier, **{**sizes, **files, **fields})


def pick(design, image, position="front"):
    """Let a Page show this Image alone."""
    page = design.pages.get(position=position)
    page.picks.all().delete()
    return PagePick.objects.create(page=page, image=image, rank=0)


def print_spec(format_code=FLAT, *, item_code="FlatCard-5x7", **changes) -> PrintSpec:
    """Exact pixels for a format's pages, as a supplier would give them: 1575 x 2175 px with 37 or 38 px of bleed."""
    sides = {"top": 37, "right": 37, "bottom": 38, "left": 38}
    positions = [
        {"position": position, "space_id": f"SP{index}", "index": index, "width_px": 1575, "height_px": 2175,
         "bleed_px": sides, "dpi": 300, **changes}
        for index, position in enumerate(Format.objects.get(pk=format_code).position_names, start=1)
    ]  # fmt: skip
    digest = hashlib.sha256(repr(positions).encode()).hexdigest()
    spec, _ = PrintSpec.objects.get_or_create(
        supplier="gooten", item_code=item_code, digest=digest, defaults={"positions": positions, "checked_at": NOON}
    )
    return spec


def ready_proof(design=None, *, country="US", format_code=FLAT) -> Proof:
    """A proof with real print files, drawn by the code that draws them in production."""
    from designs.proofs import proofing

    design = design or DesignFactory(format_id=format_code)
    if not design.pages.get(position="front").picks.exists():
        pick(design, drawn_image(design))
    chosen = Format.objects.get(pk=format_code)
    proof = proofing.request_proof(
        proofing.freeze(design, format=chosen, print_spec=print_spec(format_code), country=country), at=NOON
    )
    proofing.finish(proof, proofing.draw(proof), at=NOON)
    return proof


def caller(design) -> Caller:
    """Whoever owns this Design, through its shop's embed."""
    return Caller(design.account, design.shop, None, bearer=True)


def bearer(design) -> dict[str, str]:
    """Headers for a test client that speaks for the owner of this Design."""
    from django.utils import timezone

    from accounts.tokens import issue

    return {"Authorization": f"Bearer {issue(design.account, design.shop, at=timezone.now())[0]}"}


def file_there(name: str) -> bool:
    return bool(name) and storage.exists(name) and bool(Path(name).suffix)
