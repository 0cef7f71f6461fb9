"""Where we are, what kind of copy this is, and the keys of our own: what every other part stands on."""

import base64
import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
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

# Keys of our own. Fernet keys, newest first, seal personal data and tokens at rest.
SEALING_KEYS = env.list("SEALING_KEYS", default=[])
if not SEALING_KEYS:
    if PRODUCTION:
        raise ImproperlyConfigured("SEALING_KEYS is not set. Production needs it; see .env.example.")
    SEALING_KEYS = [base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()]
LINE_PROPERTY_KEY_FALLBACKS = env.list("LINE_PROPERTY_KEY_FALLBACKS", default=[])
LINE_PROPERTY_KEY = secret("LINE_PROPERTY_KEY", "development-only-line-property-key")
