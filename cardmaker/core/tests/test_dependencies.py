"""Every library that the product was asked to stand on is really used, or listed here until it is."""

import ast
from pathlib import Path

from django.conf import settings

# Package -> the modules it is imported by, or named by in the settings.
ASKED_FOR = {
    "Django": {"django"},
    "django-environ": {"environ"},
    "django-storages": {"storages"},
    "djangorestframework": {"rest_framework"},
    "django-q2": {"django_q"},
    "ShopifyAPI": {"shopify"},
    "psycopg": {"psycopg"},
    "boto3": {"boto3", "botocore"},
    "Pillow": {"PIL"},
    "opencv-python-headless": {"cv2"},
    "django-allauth": {"allauth"},
    "django-ratelimit": {"django_ratelimit"},
    "whitenoise": {"whitenoise"},
}
NOT_YET: set[str] = set()
# PostgreSQL's driver is loaded by Django for a DATABASE_URL, which no import shows.
NAMED_BY_A_URL = {"psycopg"}
PACKAGES = ("cardmaker", "accounts", "billing", "designs", "fulfillment")


def production_files() -> list[Path]:
    files = [path for package in PACKAGES for path in (settings.BASE_DIR / package).rglob("*.py")]
    return [path for path in files if not {"tests", "migrations", "sandbox", "torture"} & set(path.parts)]


def imported_modules() -> set[str]:
    found: set[str] = set()
    for path in production_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


def test_what_is_not_used_yet_is_listed():
    used = imported_modules()
    unused = {package for package, modules in ASKED_FOR.items() if not modules & used}

    assert unused - NAMED_BY_A_URL == NOT_YET
