"""A proof's pages as the API and the console show them: pictures of the print files, by links that die."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from cardmaker.core.links import sign_file
from designs.models import PrintFile, Proof
from designs.proofs.tiles import TILE_PX, tiles_link


class PrintFileOut(serializers.Serializer[PrintFile]):
    """One page. `url` shows pixels decoded from the print file itself and lives at most fifteen minutes.

    `tiles_url` is as good for as long: followed by "<column>-<row>.jpg" it is a square of the print file, pixel for
    pixel, `tile_px` a side and smaller at the right and lower edges. Both are empty where nothing is to be seen.
    """

    position = serializers.CharField()
    title = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    tiles_url = serializers.SerializerMethodField()
    tile_px = serializers.SerializerMethodField()
    width_px = serializers.IntegerField()
    height_px = serializers.IntegerField()
    sha256 = serializers.CharField()
    effective_dpi = serializers.IntegerField(allow_null=True)

    def get_title(self, file: PrintFile) -> str:
        return str(self.context["titles"].get(file.position, file.position))

    def get_url(self, file: PrintFile) -> str:
        return preview_link(file, at=self.context["at"]) if self.context["is_shown"] else ""

    def get_tiles_url(self, file: PrintFile) -> str:
        return tiles_link(file, at=self.context["at"]) if self.context["is_shown"] else ""

    def get_tile_px(self, file: PrintFile) -> int:
        return TILE_PX


def pages_of(proof: Proof, *, at: datetime, for_ops: bool = False) -> list[dict[str, Any]]:
    """The proof's pages in the Format's order; without addresses while a picture on them is withheld, but for ops.

    Ops get `file_url` too: the whole print file, for as long as they have the other links.
    """
    entries = proof.format.positions
    order = {entry["position"]: number for number, entry in enumerate(entries)}
    files = sorted(proof.files.all(), key=lambda file: order.get(file.position, 99))
    titles = {entry["position"]: entry["title"] for entry in entries}
    context = {"at": at, "titles": titles, "is_shown": for_ops or not proof.withheld}
    pages = [dict(PrintFileOut(file, context=context).data) for file in files]
    if not for_ops:
        return pages
    return [page | {"file_url": _file_link(file, at=at)} for page, file in zip(pages, files, strict=True)]


def _file_link(file: PrintFile, *, at: datetime) -> str:
    return sign_file(file.file, at=at, content_type="image/jpeg") if file.file else ""


def first_page_link(proof: Proof) -> str:
    """The card's front or the calendar's cover, by a link for now; "" while a picture of the proof is withheld."""
    if proof.withheld:
        return ""
    files = sorted(proof.files.all(), key=lambda file: (file.position not in ("front", "cover"), file.position))
    return preview_link(files[0], at=timezone.now()) if files else ""


def preview_link(file: PrintFile, *, at: datetime) -> str:
    """A link to the picture that was decoded from this print file; empty once it is purged."""
    if not file.preview_file:
        return ""
    kind = "image/webp" if file.preview_file.endswith(".webp") else "image/jpeg"
    return sign_file(file.preview_file, at=at, content_type=kind)
