"""Who may come in and how, and what follows when an account merges, takes its data home or goes."""

from cardmaker.settings.environment import SANDBOX, TESTING, TRUSTED_PROXIES, env

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

PRIVATE_BETA = env.bool("PRIVATE_BETA", default=not SANDBOX)
# How long a guest's browser computes before pictures are made: at the most so many tries of a thousand hashes each. 500
# are well below a second on a phone.
PROOF_OF_WORK_TRIES = env.int("PROOF_OF_WORK_TRIES", default=4 if TESTING else 500)
