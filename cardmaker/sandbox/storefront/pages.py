"""The pages: a theme with our app block in it, its cart, and a site that is no shop at all."""

import functools
import json
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from cardmaker.sandbox.shopify.api import shop_view
from cardmaker.sandbox.shopify.buying import checkout_path

from . import cart as carts
from . import liquid

EXTENSION = settings.BASE_DIR / "extensions" / "cardmaker-studio"
KINDS = ("card", "calendar")
RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")


@require_GET
@never_cache
def theme(request: HttpRequest, domain: str) -> HttpResponse:
    """The shop's front page with the app block, as a merchant placed it. `kind` and `lang` change what is tried."""
    context = _shop(request, domain) | {"studio": block(domain, kind=_kind(request)), "kind": _kind(request)}
    return render(request, "sandbox/storefront/theme.html", context)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
def cart(request: HttpRequest, domain: str) -> HttpResponse:
    """The theme's cart page; its button, and the express one, lead into the shop's checkout."""
    mine = carts.cart_of(request, domain)
    if request.method == "POST" and mine and mine.lines:
        mine.discount_code = request.POST.get("discount", "").strip()[:80]
        mine.save(update_fields=["discount_code"])
        return HttpResponseRedirect(checkout_path(mine))
    context = _shop(request, domain) | {"cart": carts.view(mine)}
    for item in context["cart"]["items"]:
        # Themes have to hide these themselves: only the checkout does it for them.
        item["visible"] = {name: value for name, value in item["properties"].items() if not name.startswith("_")}
    return render(request, "sandbox/storefront/cart.html", context)


@require_GET
@never_cache
def webflow(request: HttpRequest) -> HttpResponse:
    """A page of somebody's own site: our script, our element, another origin than shop and application."""
    shop = request.GET.get("shop") or settings.STOREFRONT_SHOP
    return render(request, "sandbox/storefront/webflow.html", _frame(request) | {"shop_code": shop})


@require_GET
def extension_asset(request: HttpRequest) -> FileResponse:
    """What Shopify's own servers hand out of an extension; a module needs leave to be read from another origin."""
    response = FileResponse((EXTENSION / "assets" / "cardmaker-studio.js").open("rb"), content_type="text/javascript")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def block(domain: str, *, kind: str) -> str:
    """Our app block's HTML, with the settings it has when a merchant changes nothing but the kind."""
    source = _block_source()
    schema = json.loads(liquid.schema_of(source))
    chosen = {entry["id"]: entry.get("default", "") for entry in schema["settings"] if "id" in entry}
    chosen |= {"kind": kind, "proxy": f"/shopify/{domain}/apps/cardmaker"}
    if kind == "calendar":
        chosen |= {"heading": "", "text": ""}
    values = {
        "block": {"id": "studio", "settings": chosen, "shopify_attributes": 'data-shopify-editor-block="studio"'},
        "shop": {"permanent_domain": domain},
        "routes": {"root_url": f"/shopify/{domain}"},
    }
    filters = {"asset_url": lambda name: f"/storefront/{name}", "t": _translated}
    # Our own file, and every value in it is escaped there.
    return mark_safe(liquid.render(source, values, filters=filters))  # noqa: S308


@functools.cache
def _block_source() -> str:
    return str((EXTENSION / "blocks" / "studio.liquid").read_text())


def _translated(key: str) -> str:
    words: Any = json.loads((EXTENSION / "locales" / "en.default.json").read_text())
    for name in key.split("."):
        words = words[name]
    return str(words)


def _shop(request: HttpRequest, domain: str) -> dict[str, Any]:
    root = f"/shopify/{domain}/"
    count = carts.count_of(carts.cart_of(request, domain))
    return _frame(request) | {"shop": shop_view(domain), "root": root, "count": count}


def _frame(request: HttpRequest) -> dict[str, Any]:
    language = request.GET.get("lang", "en")[:5]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return {"app_url": settings.APP_URL, "kind": _kind(request), "lang": language, "dir": direction}


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "card")
    return kind if kind in KINDS else "card"
