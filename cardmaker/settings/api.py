"""The API and its schema."""

from typing import Any

from cardmaker.settings.environment import TRUSTED_PROXIES

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
