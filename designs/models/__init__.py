"""The rows of designs: what can be made, what a person is making, the pictures for it, and its proofs."""

from designs.models.catalog import MAX_PICKS, Format, Kind, PrintSpec, StyleTemplate, shot_position
from designs.models.comparisons import ComparedPicture, ComparisonEvent, ComparisonSet
from designs.models.design import Design, DesignPhoto, Page, PagePick, Photo
from designs.models.offers import ModelChoice, ModelHealth, ProviderModel
from designs.models.products import Axis, Export, ExportedFile, PictureVote, ProductBrief, Shot, ShotOption
from designs.models.proofs import PagePreview, PrintFile, Proof
from designs.models.runs import Call, Image, Run
from designs.models.screening import BannedPicture, Flag, ProtectedName, RawInput
from designs.models.uploads import Upload, UploadPiece

__all__ = [
    "MAX_PICKS",
    "Axis",
    "BannedPicture",
    "Call",
    "ComparedPicture",
    "ComparisonEvent",
    "ComparisonSet",
    "Design",
    "DesignPhoto",
    "Export",
    "ExportedFile",
    "Flag",
    "Format",
    "Image",
    "Kind",
    "ModelChoice",
    "ModelHealth",
    "Page",
    "PagePick",
    "PagePreview",
    "Photo",
    "PictureVote",
    "PrintFile",
    "PrintSpec",
    "ProductBrief",
    "Proof",
    "ProtectedName",
    "ProviderModel",
    "RawInput",
    "Run",
    "Shot",
    "ShotOption",
    "StyleTemplate",
    "Upload",
    "UploadPiece",
    "shot_position",
]
