"""What Django is made of: apps, middleware, templates, database, cache, language."""

from typing import Any

from cardmaker.settings.environment import BASE_DIR, HOME, env, wanted

INSTALLED_APPS = [
    "cardmaker.core.console_app.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_q",
    "allauth",
    "allauth.account",
    "csp",
    "anymail",
    "storages",
    "cardmaker.core",
    "accounts",
    "billing",
    "designs",
    "fulfillment",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cardmaker.core.middleware.ClientAddress",
    "accounts.origins.CrossOrigin",
    "accounts.flood.Flood",
    "cardmaker.core.refusals.Refusals",
    "accounts.devices.DeviceCookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cardmaker.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cardmaker.core.context.site",
            ]
        },
    }
]

# Database: SQLite in a file by default, PostgreSQL by DATABASE_URL
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(wanted("DATABASE_URL", f"sqlite:///{HOME / 'cardmaker.sqlite3'}"))
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file for tests too: threads on a shared in-memory database meet "table is locked".
    DATABASES["default"] |= {"OPTIONS": SQLITE_OPTIONS, "TEST": {"NAME": str(HOME / "test.sqlite3")}}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth counts log-in attempts in the cache; without a shared one every process would grant all of them again.
REDIS_URL = wanted("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
# django-ratelimit needs a shared counter; without Redis the limits that matter are rows in the database.
RATELIMIT_ENABLE = bool(REDIS_URL)
RATELIMIT_FAIL_OPEN = True
REQUESTS_PER_MINUTE = env.int("REQUESTS_PER_MINUTE", default=3_000)  # of one network: an office that polls
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
