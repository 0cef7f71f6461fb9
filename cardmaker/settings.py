"""All configuration. Only this file reads the environment; a fresh checkout runs on SQLite and the sandbox.

`CARDMAKER_ENV=production` turns every convenience off and refuses to start half configured.
"""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if env.str("CARDMAKER_ENV", default="") != "test":  # a developer's keys must never reach the tests
    environ.Env.read_env(BASE_DIR / ".env")

ENVIRONMENT = env.str("CARDMAKER_ENV", default="development")
if ENVIRONMENT not in ("development", "test", "production"):
    # "prod" would otherwise start with the keys and conveniences of development.
    raise ImproperlyConfigured("CARDMAKER_ENV is development, test or production.")
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"


def secret(name: str, development: str) -> str:
    """A secret. In production an empty one is a missing one; elsewhere a fixed one keeps sessions over restarts."""
    value: str = env.str(name, default="")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it; see .env.example.")
    return development


def wanted(name: str, development: str = "") -> str:
    """A plain setting that production must name."""
    return secret(name, development)


# Where we are and how others reach us
PORT = env.int("PORT", default=8000)
HOME = Path(env.str("CARDMAKER_HOME", default="") or BASE_DIR / "var").resolve()
CARDMAKER_HOME = HOME
PUBLIC_URL = wanted("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
if PRODUCTION and urlsplit(PUBLIC_URL).scheme != "https":
    # Secure cookies would never come back, and suppliers would fetch print files in the clear.
    raise ImproperlyConfigured("PUBLIC_URL must begin with https:// in production.")
DEBUG = env.bool("DEBUG", default=False) and not PRODUCTION
SECRET_KEY = secret("SECRET_KEY", "development-only-" + "k" * 40)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
OUR_HOSTS = [urlsplit(PUBLIC_URL).hostname or "", "127.0.0.1", "localhost"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=OUR_HOSTS)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # how many proxies in front of us append to X-Forwarded-For

# The sandbox: stand-ins for every outside service, in a process of its own on PORT+1
SANDBOX = env.bool("SANDBOX", default=not PRODUCTION)
SANDBOX_URL = env.str("SANDBOX_URL", default=f"http://127.0.0.1:{PORT + 1}").rstrip("/")
if PRODUCTION and SANDBOX:
    raise ImproperlyConfigured("SANDBOX cannot be on in production.")

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
    "drf_spectacular_sidecar",
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
    "cardmaker.core.refusals.Refusals",
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
WSGI_APPLICATION = "cardmaker.wsgi.application"
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

# Tasks: rows in the same database, so that a task commits with its data
Q_CLUSTER: dict[str, Any] = {
    "name": "fast",
    "orm": "default",
    "workers": 1,
    "queue_limit": 1,
    "bulk": 1,
    "poll": 0.1,
    "timeout": 120,
    "retry": 420,
    "max_attempts": 0,  # attempts are counted on the Job row; django-q2 would drop the queue row silently
    "save_limit": -1,
    "catch_up": False,
    "ALT_CLUSTERS": {"slow": {"timeout": 120, "retry": 420}},
}
WORKERS_FAST = env.int("WORKERS_FAST", default=1)
WORKERS_SLOW = env.int("WORKERS_SLOW", default=1)
# Somebody waits for a web answer at once, and for a task a moment: on a machine that both share the web goes first.
WORKER_NICENESS = env.int("WORKER_NICENESS", default=0 if ENVIRONMENT == "test" else 5)
JOB_BACKOFF_S = env.list("JOB_BACKOFF_S", cast=float, default=[2, 10, 60, 300])
# How long the outcome of an interrupted paid call is left alone before the other side is asked about it.
SUBMIT_SETTLE_S = env.float("SUBMIT_SETTLE_S", default=5.0 if SANDBOX else 90.0)
SUPPLIER_TIMEOUT_S = env.float("SUPPLIER_TIMEOUT_S", default=min(15.0, SUBMIT_SETTLE_S * 0.8))
if SUPPLIER_TIMEOUT_S >= SUBMIT_SETTLE_S:
    raise ImproperlyConfigured("SUPPLIER_TIMEOUT_S must be shorter than SUBMIT_SETTLE_S: a call must be over by then.")
# Webhooks are hints and get lost: every open print job is also read this often.
SUPPLIER_POLL_S = env.float("SUPPLIER_POLL_S", default=4.0 if SANDBOX else 1200.0)
# Printify allows fewer calls than Gooten and tells most news by webhook.
SUPPLIER_POLLS_S = {"printify": env.float("PRINTIFY_POLL_S", default=SUPPLIER_POLL_S * 1.5)}
SUPPLIER_POLL_TICK_S = env.int("SUPPLIER_POLL_TICK_S", default=2 if SANDBOX else 60)
CRASH_POINT = env.str("CARDMAKER_CRASH_POINT", default="")  # kill tests only
if PRODUCTION and CRASH_POINT:
    raise ImproperlyConfigured("CARDMAKER_CRASH_POINT is for kill tests, never for production.")

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
RATELIMIT_IP_META_KEY = "cardmaker.core.middleware.client_address"
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]

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

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "landing"
# One dotted function an app, called inside the one transaction of accounts.lifecycle.
ACCOUNT_MERGE = ["billing.lifecycle.merge", "designs.lifecycle.merge", "fulfillment.lifecycle.merge"]
ACCOUNT_EXPORT = ["billing.lifecycle.export", "designs.lifecycle.export", "fulfillment.lifecycle.export"]
ACCOUNT_ERASE = ["billing.lifecycle.erase", "designs.lifecycle.erase", "fulfillment.lifecycle.erase"]
PRIVATE_BETA = env.bool("PRIVATE_BETA", default=not SANDBOX)

# Cookies ignore ports: two copies on one machine must not sign each other out.
SESSION_COOKIE_NAME = f"cardmaker_session_{PORT}"
CSRF_COOKIE_NAME = f"cardmaker_csrf_{PORT}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])
CSRF_FAILURE_VIEW = "cardmaker.core.views.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        # A checkout is reached by a redirect from a form or a link.
        "form-action": ["'self'", *([SANDBOX_URL] if SANDBOX else [])],
    }
}

# Keys of our own. Fernet keys, newest first, seal personal data and tokens at rest.
SEALING_KEYS = env.list("SEALING_KEYS", default=[])
if not SEALING_KEYS:
    if PRODUCTION:
        raise ImproperlyConfigured("SEALING_KEYS is not set. Production needs it; see .env.example.")
    SEALING_KEYS = [base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()]
LINE_PROPERTY_KEY_FALLBACKS = env.list("LINE_PROPERTY_KEY_FALLBACKS", default=[])
LINE_PROPERTY_KEY = secret("LINE_PROPERTY_KEY", "development-only-line-property-key")

# Shopify
SHOPIFY_API_KEY = wanted("SHOPIFY_API_KEY", "sandbox-api-key")
SHOPIFY_API_SECRET = secret("SHOPIFY_API_SECRET", "sandbox-api-secret")
SHOPIFY_API_SECRET_OLD = env.str("SHOPIFY_API_SECRET_OLD", default="")
SHOPIFY_API_VERSION = env.str("SHOPIFY_API_VERSION", default="2026-10")
# Empty: https://{domain}. The sandbox serves every shop below one address.
SHOPIFY_BASE_URL = env.str(
    "SHOPIFY_BASE_URL", default=SANDBOX_URL + "/shopify/{domain}" if SANDBOX else "https://{domain}"
)
HOUSE_SHOP_DOMAIN = wanted("HOUSE_SHOP_DOMAIN", "cardmaker-sandbox.myshopify.com")
HOUSE_SHOP_TOKEN = secret("HOUSE_SHOP_TOKEN", "sandbox-access-token")

# Suppliers
GOOTEN_BASE_URL = env.str("GOOTEN_BASE_URL", default=SANDBOX_URL + "/gooten" if SANDBOX else "https://api.print.io")
GOOTEN_RECIPE_ID = wanted("GOOTEN_RECIPE_ID", "5a6b1c2d-0000-4000-8000-00000000c0de")
GOOTEN_BILLING_KEY = secret("GOOTEN_BILLING_KEY", "sandbox-billing-key=")
GOOTEN_WEBHOOK_TOKEN = secret("GOOTEN_WEBHOOK_TOKEN", "sandbox-gooten-webhook-token")

PRINTIFY_BASE_URL = env.str(
    "PRINTIFY_BASE_URL", default=SANDBOX_URL + "/printify" if SANDBOX else "https://api.printify.com"
)
PRINTIFY_TOKEN = secret("PRINTIFY_TOKEN", "sandbox-printify-token")
PRINTIFY_SHOP_ID = wanted("PRINTIFY_SHOP_ID", "1500001")
PRINTIFY_WEBHOOK_SECRET = secret("PRINTIFY_WEBHOOK_SECRET", "sandbox-printify-webhook-secret")

# Pictures
IMAGE_PROVIDER = env.str("IMAGE_PROVIDER", default="sketch")
FILE_LINK_S = 900  # links to people live at most fifteen minutes
PHOTOS_PER_DAY = env.int("PHOTOS_PER_DAY", default=200)  # new ones of one account
PHOTO_DAYS = env.int("PHOTO_DAYS", default=90)  # how long a photo is kept that no design starts from
UPLOADS_PER_DAY = env.int("UPLOADS_PER_DAY", default=400)  # begun by one account
UPLOAD_HOURS = env.int("UPLOAD_HOURS", default=24)  # how long an unfinished upload waits for its next piece
PRINT_FILE_DAYS = env.int("PRINT_FILE_DAYS", default=90)
PRINT_LINK_DAYS_AFTER_DELIVERY = 30

# Mail
FILED_MAIL, POSTED_MAIL = "django.core.mail.backends.filebased.EmailBackend", "anymail.backends.postmark.EmailBackend"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=POSTED_MAIL if PRODUCTION else FILED_MAIL)
EMAIL_FILE_PATH = HOME / "mail"
POSTMARK = EMAIL_BACKEND.startswith("anymail.backends.postmark")
ANYMAIL = {"POSTMARK_SERVER_TOKEN": wanted("POSTMARK_SERVER_TOKEN") if POSTMARK else ""}
DEFAULT_FROM_EMAIL = wanted("DEFAULT_FROM_EMAIL", "Cardmaker <hello@cardmaker.example.com>")
OPS_EMAIL = wanted("OPS_EMAIL", "ops@example.com")

# The API
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerAuthentication",
        "accounts.authentication.SessionIdentity",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],  # ownership is decided by every queryset
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["cardmaker.core.parsing.SoundJSON"],
    "DEFAULT_PAGINATION_CLASS": "cardmaker.core.api.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cardmaker.core.api.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cardmaker API",
    "DESCRIPTION": "Describe a card in words, see exactly what will be printed, have it printed and shipped.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "DesignState": "designs.models.Design.State",
        "RunState": "designs.models.Run.State",
        "ProofState": "designs.models.Proof.State",
        "CheckoutState": "fulfillment.models.Checkout.State",
        "OrderState": "fulfillment.models.Order.State",
        "Kind": "designs.models.Kind",
        "ImageTier": "designs.models.Image.Tier",
    },
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    sentry_sdk.init(SENTRY_DSN, environment=ENVIRONMENT, send_default_pii=False, max_request_body_size="never")

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"tokens": {"()": "cardmaker.core.logs.RedactTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # httpx logs whole URLs, and ours carry tokens; django-q logs every poll.
        "httpx": {"level": "WARNING"},
        "django-q": {"level": "WARNING"},
        "pyvips": {"level": "WARNING"},
    },
}
