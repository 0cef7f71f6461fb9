"""The rows of designs: what can be made, what a person is making, the pictures for it, and its proofs."""

from designs.models.catalog import MAX_PICKS, Format, Kind, PrintSpec, StyleTemplate
from designs.models.design import Design, DesignPhoto, Page, PagePick, Photo
from designs.models.proofs import PagePreview, PrintFile, Proof
from designs.models.runs import Call, Image, Run
from designs.models.uploads import Upload, UploadPiece

__all__ = [
    "MAX_PICKS",
    "Call",
    "Design",
    "DesignPhoto",
    "Format",
    "Image",
    "Kind",
    "Page",
    "PagePick",
    "PagePreview",
    "Photo",
    "PrintFile",
    "PrintSpec",
    "Proof",
    "Run",
    "StyleTemplate",
    "Upload",
    "UploadPiece",
]
