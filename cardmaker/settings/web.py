"""Cookies, transport, and what a page of ours may load."""

from cardmaker.settings.environment import PORT, PRODUCTION, PUBLIC_URL, SANDBOX, SANDBOX_URL, TRUSTED_PROXIES, env

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
