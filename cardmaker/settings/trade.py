"""Shopify and the suppliers: where cards are sold and printed."""

from cardmaker.settings.environment import SANDBOX, SANDBOX_URL, env, secret, wanted

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

# How long after the delivery we ask how it was liked: the card wants to be given first.
RATING_DELAY_S = env.float("RATING_DELAY_S", default=20.0 if SANDBOX else 5 * 86_400)
