"""Private files, static files, and how long things are kept."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from cardmaker.settings.environment import BASE_DIR, HOME, PRODUCTION, env

# Files
S3_BUCKET = env.str("S3_BUCKET", default="")
if PRODUCTION and not S3_BUCKET:
    raise ImproperlyConfigured("S3_BUCKET is not set. Local files are for development only.")
S3_OPTIONS: dict[str, Any] = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
    "region_name": env.str("S3_REGION", default="us-east-1"),
    "access_key": env.str("S3_ACCESS_KEY_ID", default="") or None,
    "secret_key": env.str("S3_SECRET_ACCESS_KEY", default="") or None,
    "signature_version": "s3v4",
    "addressing_style": env.str("S3_ADDRESSING_STYLE", default="virtual"),
    "file_overwrite": False,
    "default_acl": None,
    "querystring_auth": True,
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(HOME / "files")}},
    "private": (
        {"BACKEND": "cardmaker.core.s3.PrivateS3", "OPTIONS": S3_OPTIONS}
        if S3_BUCKET
        else {"BACKEND": "cardmaker.core.storage.PrivateFiles", "OPTIONS": {"location": str(HOME / "files")}}
    ),
    "staticfiles": {
        "BACKEND": (
            "cardmaker.core.staticfiles.HashedStaticFiles"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(HOME / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cardmaker.core.fontfiles.FontPackageFinder",
]
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

FILE_LINK_S = 900  # links to people live at most fifteen minutes
PHOTOS_PER_DAY = env.int("PHOTOS_PER_DAY", default=200)  # new ones of one account, or of one browser
EXPORT_DAYS = env.int("EXPORT_DAYS", default=7)  # how long files of product pictures can be fetched
PHOTO_DAYS = env.int("PHOTO_DAYS", default=90)  # how long a photo is kept that no design starts from
UPLOADS_PER_DAY = env.int("UPLOADS_PER_DAY", default=400)  # begun by one account, or by one browser
UPLOAD_HOURS = env.int("UPLOAD_HOURS", default=24)  # how long an unfinished upload waits for its next piece
PRINT_FILE_DAYS = env.int("PRINT_FILE_DAYS", default=90)
PRINT_LINK_DAYS_AFTER_DELIVERY = 30
