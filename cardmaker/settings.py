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
RATELIMIT_FAIL_OPEN = True
REQUESTS_PER_MINUTE = env.int("REQUESTS_PER_MINUTE", default=3_000)  # of one network: an office that polls
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
ACCOUNT_MERGE = [
    "accounts.limits.merge",
    "billing.lifecycle.merge",
    "designs.lifecycle.merge",
    "fulfillment.lifecycle.merge",
]
ACCOUNT_EXPORT = ["billing.lifecycle.export", "designs.lifecycle.export", "fulfillment.lifecycle.export"]
ACCOUNT_ERASE = [
    "accounts.limits.erase",
    "billing.lifecycle.erase",
    "designs.lifecycle.erase",
    "fulfillment.lifecycle.erase",
]
# Functions of (design ids, at), called in the transaction in which flags of these designs are raised or judged.
SCREENING_FOLLOWERS = ["fulfillment.orders.screening.flags_changed"]
# From which score on a picture is looked at by a person, and from which on nobody sees it before; in how many of 64
# bits a picture may differ from a banned one and is still taken for it.
NUDITY_SCORER = "designs.imaging.nudity." + ("AllClear" if TESTING else "OpenNsfw")
NUDITY_REVIEWED = env.float("NUDITY_REVIEWED", default=0.4)
NUDITY_WITHHELD = env.float("NUDITY_WITHHELD", default=0.8)
BANNED_DISTANCE = env.int("BANNED_DISTANCE", default=8)
if not 0 < NUDITY_REVIEWED <= NUDITY_WITHHELD <= 1 or not 0 <= BANNED_DISTANCE <= 16:
    raise ImproperlyConfigured("0 < NUDITY_REVIEWED <= NUDITY_WITHHELD <= 1, and BANNED_DISTANCE at most 16.")
# Days that texts are kept as they were typed, personal data and all, to look into complaints. 0: not at all.
RAW_INPUT_DAYS = env.int("RAW_INPUT_DAYS", default=0)
if RAW_INPUT_DAYS and not 7 <= RAW_INPUT_DAYS <= 14:
    raise ImproperlyConfigured("RAW_INPUT_DAYS is 0 (off) or 7 to 14.")
# How long a process goes on with the protected names it has read. Tests hold the shipped list and never look.
NAMES_FRESH_S = 86_400.0 if TESTING else env.float("NAMES_FRESH_S", default=2.0)
PRIVATE_BETA = env.bool("PRIVATE_BETA", default=not SANDBOX)
# How long a guest's browser computes before pictures are made: at the most so many tries of a thousand hashes each. 500
# are well below a second on a phone.
PROOF_OF_WORK_TRIES = env.int("PROOF_OF_WORK_TRIES", default=4 if TESTING else 500)

# Cookies ignore ports: two copies on one machine must not sign each other out.
SESSION_COOKIE_NAME = f"cardmaker_session_{PORT}"
CSRF_COOKIE_NAME = f"cardmaker_csrf_{PORT}"
DEVICE_COOKIE_NAME = f"cardmaker_device_{PORT}"
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
        "worker-src": ["'self'"],
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
SHOPIFY_API_SECRET = secret("SHOPIFY_API_SECRET", "sandbox-api-secret-worth-nothing")
SHOPIFY_API_SECRET_OLD = env.str("SHOPIFY_API_SECRET_OLD", default="")
SHOPIFY_API_VERSION = env.str("SHOPIFY_API_VERSION", default="2026-10")
# Above some ten thousand variants Shopify refuses most new ones: designs are then sold by their format's product.
SHOPIFY_MOST_PRODUCTS = env.int("SHOPIFY_MOST_PRODUCTS", default=40_000)
SHOPIFY_PRODUCTS_A_DAY = env.int("SHOPIFY_PRODUCTS_A_DAY", default=1_000)
# Empty: https://{domain}. The sandbox serves every shop below one address.
SHOPIFY_BASE_URL = env.str(
    "SHOPIFY_BASE_URL", default=SANDBOX_URL + "/shopify/{domain}" if SANDBOX else "https://{domain}"
)
# Shopify wants its own script, from its own address; the sandbox has one that speaks with its admin page.
SHOPIFY_APP_BRIDGE_URL = env.str(
    "SHOPIFY_APP_BRIDGE_URL",
    default=SANDBOX_URL + "/shopify/app-bridge.js" if SANDBOX else "https://cdn.shopify.com/shopifycloud/app-bridge.js",
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
IMAGE_PROVIDER = env.str("IMAGE_PROVIDER", default="sketch")  # or "routes": the models and their order are rows
TEXT_PROVIDER = env.str("TEXT_PROVIDER", default="rules")  # or "routes"
IMAGE_TIMEOUT_S = env.float("IMAGE_TIMEOUT_S", default=150.0)  # some models draw for minutes before they answer
# How long a call whose answer was lost waits for the provider to call back by itself.
CALL_BACK_S = env.float("CALL_BACK_S", default=20.0 if SANDBOX else 180.0)


def provider_access(name: str, key: str, base_url: str, **more: str) -> dict[str, Any]:
    """Access to one provider: without a key of its own the sandbox's stand-in, in production nothing."""
    given = env.str(key, default="")
    at_home = f"{SANDBOX_URL}/{name}" if SANDBOX and not given else base_url
    found = env.str(f"{name.upper()}_BASE_URL", default="") or at_home
    stand_in_key = f"sandbox-{name}-key" if SANDBOX else ""
    return {"key": given or stand_in_key, "base_url": found, "timeout_s": IMAGE_TIMEOUT_S, **more}


PROVIDERS: dict[str, dict[str, Any]] = {
    "openai": provider_access("openai", "OPENAI_API_KEY", "https://api.openai.com/v1"),
    "gemini": provider_access("gemini", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1"),
    "fal": provider_access("fal", "FAL_KEY", "https://queue.fal.run"),
    "replicate": provider_access("replicate", "REPLICATE_API_TOKEN", "https://api.replicate.com/v1"),
    # The key is AWS_ACCESS_KEY_ID; "role" takes what the machine's own role grants.
    "bedrock": provider_access(
        "bedrock", "BEDROCK_ACCESS_KEY_ID", "", secret=env.str("BEDROCK_SECRET_ACCESS_KEY", default="")
    ),
}
# Where finished calls are told: providers reach us there, so it must be public. Empty: we only ask.
CALL_BACK_URL = env.str("CALL_BACK_URL", default=PUBLIC_URL).rstrip("/")
FAL_JWKS_URL = env.str("FAL_JWKS_URL", default="") or (
    f"{SANDBOX_URL}/fal/.well-known/jwks.json"
    if PROVIDERS["fal"]["base_url"].startswith(SANDBOX_URL)
    else "https://rest.fal.ai/.well-known/jwks.json"
)
REPLICATE_WEBHOOK_SECRET = env.str("REPLICATE_WEBHOOK_SECRET", default="") or (
    "whsec_c2FuZGJveC1yZXBsaWNhdGUtc2VjcmV0" if SANDBOX else ""
)
# Content credentials: paths of a PEM chain, signing certificate first, and of its key. Development makes its own.
CONTENT_CERTIFICATE = env.str("CONTENT_CERTIFICATE", default="")
CONTENT_CERTIFICATE_KEY = env.str("CONTENT_CERTIFICATE_KEY", default="")
FILE_LINK_S = 900  # links to people live at most fifteen minutes
PHOTOS_PER_DAY = env.int("PHOTOS_PER_DAY", default=200)  # new ones of one account
EXPORT_DAYS = env.int("EXPORT_DAYS", default=7)  # how long files of product pictures can be fetched
PHOTO_DAYS = env.int("PHOTO_DAYS", default=90)  # how long a photo is kept that no design starts from
UPLOADS_PER_DAY = env.int("UPLOADS_PER_DAY", default=400)  # begun by one account
UPLOAD_HOURS = env.int("UPLOAD_HOURS", default=24)  # how long an unfinished upload waits for its next piece
PRINT_FILE_DAYS = env.int("PRINT_FILE_DAYS", default=90)
PRINT_LINK_DAYS_AFTER_DELIVERY = 30
# How long after the delivery we ask how it was liked: the card wants to be given first.
RATING_DELAY_S = env.float("RATING_DELAY_S", default=20.0 if SANDBOX else 5 * 86_400)

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
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttling.Weights"],
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

    from cardmaker.core.logs import without_query

    reported: dict[str, Any] = {"send_default_pii": False, "max_request_body_size": "never"}
    sentry_sdk.init(SENTRY_DSN, environment=ENVIRONMENT, before_send=without_query, **reported)  # type: ignore[arg-type]

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
