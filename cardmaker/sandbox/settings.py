"""Settings of the sandbox process. Only this file reads its environment. Never starts in production."""

from pathlib import Path

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

if env.str("CARDMAKER_ENV", default="development") == "production":
    raise ImproperlyConfigured("The sandbox never runs in production: its shops and suppliers are pretended.")

# Where the application is and where we are
APP_PORT = env.int("PORT", default=8000)
SANDBOX_PORT = env.int("SANDBOX_PORT", default=APP_PORT + 1)
APP_URL = env.str("APP_URL", default=f"http://127.0.0.1:{APP_PORT}").rstrip("/")
SANDBOX_URL = env.str("SANDBOX_URL", default=f"http://127.0.0.1:{SANDBOX_PORT}").rstrip("/")
HOME = Path(env.str("SANDBOX_HOME", default=env.str("CARDMAKER_HOME", default=str(BASE_DIR / "var")))).resolve()
FILES_DIR = HOME / "sandbox-files"
FILES_DIR.mkdir(parents=True, exist_ok=True)  # SQLite makes a file, but no folder

# The same secrets as the application has; the defaults are those of its development settings
SHOPIFY_API_KEY = env.str("SHOPIFY_API_KEY", default="") or "sandbox-api-key"
SHOPIFY_API_SECRET = env.str("SHOPIFY_API_SECRET", default="") or "sandbox-api-secret-worth-nothing"
STOREFRONT_SHOP = env.str("HOUSE_SHOP_DOMAIN", default="") or "cardmaker-sandbox.myshopify.com"
SHOPIFY_ACCESS_TOKENS = env.list(
    "SHOPIFY_ACCESS_TOKEN", default=[env.str("HOUSE_SHOP_TOKEN", default="") or "sandbox-access-token"]
)
SHOPIFY_API_VERSION = env.str("SHOPIFY_API_VERSION", default="2026-10")
SHOPIFY_WEBHOOK_URL = env.str("SANDBOX_SHOPIFY_WEBHOOK_URL", default=APP_URL + "/api/v1/webhooks/shopify/")
GOOTEN_RECIPE_ID = env.str("GOOTEN_RECIPE_ID", default="") or "5a6b1c2d-0000-4000-8000-00000000c0de"
GOOTEN_BILLING_KEY = env.str("GOOTEN_BILLING_KEY", default="") or "sandbox-billing-key="
GOOTEN_WEBHOOK_TOKEN = env.str("GOOTEN_WEBHOOK_TOKEN", default="") or "sandbox-gooten-webhook-token"
GOOTEN_WEBHOOK_URL = env.str(
    "SANDBOX_GOOTEN_WEBHOOK_URL", default=f"{APP_URL}/api/v1/webhooks/gooten/{GOOTEN_WEBHOOK_TOKEN}/?orderid="
)
PRINTIFY_TOKEN = env.str("PRINTIFY_TOKEN", default="") or "sandbox-printify-token"
PRINTIFY_SHOP_ID = env.str("PRINTIFY_SHOP_ID", default="") or "1500001"
PRINTIFY_WEBHOOK_SECRET = env.str("PRINTIFY_WEBHOOK_SECRET", default="") or "sandbox-printify-webhook-secret"
PRINTIFY_WEBHOOK_URL = env.str("SANDBOX_PRINTIFY_WEBHOOK_URL", default=APP_URL + "/api/v1/webhooks/printify/")
REPLICATE_WEBHOOK_SECRET = env.str("REPLICATE_WEBHOOK_SECRET", default="") or "whsec_c2FuZGJveC1yZXBsaWNhdGUtc2VjcmV0"
STOCKED = env.bool("SANDBOX_STOCKED", default=False)  # whether the house shop has products of its own
CURRENCY = env.str("SANDBOX_CURRENCY", default="USD")

# Tempo, all in seconds. Real services take minutes to days; a tour takes five minutes.
STEP_S = env.float("SANDBOX_STEP_S", default=4.0)  # one step of a Gooten item or a Printify order
MOCKUP_S = env.float("SANDBOX_MOCKUP_S", default=2.0)  # from a Printify product to its mock-ups
PICTURE_S = env.float("SANDBOX_PICTURE_S", default=2.0)  # what fal and Replicate take for a call
ROUTING_S = env.float("SANDBOX_ROUTING_S", default=0.5)  # from the order to its fulfillment order
RETRY_S = env.float("SANDBOX_RETRY_S", default=1.0)  # first pause before a webhook is sent again; doubles
TICK_S = env.float("SANDBOX_TICK_S", default=0.2)  # at least between two tries of what is due and cannot be done
FETCH_TIMEOUT_S = env.float("SANDBOX_FETCH_TIMEOUT_S", default=20.0)
PRINTIFY_DPI_FLOOR = env.int("SANDBOX_PRINTIFY_DPI_FLOOR", default=100)  # the real one is not published
PRINTIFY_MAX_MB = env.int("SANDBOX_PRINTIFY_MAX_MB", default=100)
COST_BUCKET = env.int("SANDBOX_COST_BUCKET", default=20_000)  # points; the bucket of a Plus shop is of this order
COST_RESTORE = env.int("SANDBOX_COST_RESTORE", default=1_000)  # points a second

INSTALLED_APPS = ["django.contrib.staticfiles", "cardmaker.sandbox"]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cardmaker.sandbox.bell.RingAfterWriting",
]
APPEND_SLASH = False
ROOT_URLCONF = "cardmaker.sandbox.urls"
WSGI_APPLICATION = "cardmaker.sandbox.wsgi.application"
SECRET_KEY = "the sandbox signs nothing with this key"  # noqa: S105 - the real shared secrets are the ones above
ALLOWED_HOSTS = ["*"]
DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STATIC_URL = "/sandbox/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "sandbox.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        },
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "sandbox %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"httpx": {"level": "WARNING"}, "cardmaker.sandbox": {"level": "INFO"}},
}
