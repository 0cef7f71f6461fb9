"""Static files of production: hashed names, also inside the studio's modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Every import between our ES modules names the hashed file, so that a deploy never mixes two versions."""

    support_js_module_import_aggregation = True
