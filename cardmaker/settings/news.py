"""What leaves us by itself: mails to people, errors to Sentry, lines to the log."""

from typing import Any

from cardmaker.settings.environment import ENVIRONMENT, HOME, PRODUCTION, env, wanted

# Mail
FILED_MAIL, POSTED_MAIL = "django.core.mail.backends.filebased.EmailBackend", "cardmaker.core.posting.Postmark"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=POSTED_MAIL if PRODUCTION else FILED_MAIL)
EMAIL_FILE_PATH = HOME / "mail"
POSTMARK = EMAIL_BACKEND in (POSTED_MAIL, "anymail.backends.postmark.EmailBackend")
ANYMAIL = {"POSTMARK_SERVER_TOKEN": wanted("POSTMARK_SERVER_TOKEN") if POSTMARK else ""}
SMTP = EMAIL_BACKEND == "cardmaker.core.posting.Smtp"
EMAIL_HOST = wanted("EMAIL_HOST", "localhost") if SMTP else "localhost"
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20  # seconds; a task waits no longer than thirty
DEFAULT_FROM_EMAIL = wanted("DEFAULT_FROM_EMAIL", "Cardmaker <hello@cardmaker.example.com>")
OPS_EMAIL = wanted("OPS_EMAIL", "ops@example.com")

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    from cardmaker.core.logs import without_query

    reported: dict[str, Any] = {"send_default_pii": False, "max_request_body_size": "never"}
    sentry_sdk.init(SENTRY_DSN, environment=ENVIRONMENT, before_send=without_query, **reported)  # type: ignore[arg-type]

# On a laptop the line that says where to click must not drown in what went well.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")
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
