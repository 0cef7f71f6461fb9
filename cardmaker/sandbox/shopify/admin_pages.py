"""A shop's admin as far as an app sees it: its list of apps, the grant screen, the frame with session tokens."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cardmaker.sandbox.models import Installation, Order, Product

from . import installs, oauth

BRIDGE = "sandbox/static/sandbox/app-bridge.js"
SHOPS = ("paper-and-post.myshopify.com", "blue-heron-gifts.myshopify.com")  # to begin with; any other name works too


@require_GET
@never_cache
def home(request: HttpRequest, domain: str) -> HttpResponse:
    """The shop's apps."""
    return render(request, "sandbox/admin/home.html", _shop(domain))


@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, domain: str) -> HttpResponse:
    """Shopify's own grant screen: what managed installation shows before an app is opened for the first time."""
    if request.method == "GET":
        return render(request, "sandbox/admin/grant.html", {**_shop(domain), "scopes": installs.wanted_scopes()})
    at = timezone.now()
    if installs.installed(domain):
        installs.change_scopes(domain, installs.wanted_scopes(), at=at)
    else:
        installs.install(domain, installs.wanted_scopes(), at=at)
    return HttpResponseRedirect(app_path(domain))


@require_GET
@never_cache
def app(request: HttpRequest, domain: str, client_id: str) -> HttpResponse:
    """The app in its frame. Not installed yet: the grant screen first."""
    if client_id != settings.SHOPIFY_API_KEY:
        raise Http404
    if not installs.installed(domain):
        return HttpResponseRedirect(f"/shopify/{domain}/admin/oauth/install?client_id={client_id}")
    at = timezone.now()
    first = {"embedded": "1", "id_token": installs.session_token(domain, at=at), "locale": "en", "shop": domain}
    address = f"{settings.APP_URL}/shopify/app/?{oauth.signed(first, at)}"
    return render(request, "sandbox/admin/app.html", {**_shop(domain), "address": address, "app_url": settings.APP_URL})


@require_POST
def session_token(request: HttpRequest, domain: str) -> HttpResponse:
    """What the frame's page hands on to App Bridge inside it."""
    if not installs.installed(domain):
        return JsonResponse({"error": "The app is not installed."}, status=403)
    return JsonResponse({"token": installs.session_token(domain, at=timezone.now())})


@require_POST
def allow(request: HttpRequest, domain: str) -> HttpResponse:
    """The merchant allows further scopes, of those that the app may ask for while it runs."""
    row = installs.installed(domain)
    wanted = set(request.POST.get("scopes", "").split(","))
    if row is None or not wanted <= set(installs.optional_scopes()):
        return JsonResponse({"error": "The app did not declare these scopes."}, status=422)
    installs.change_scopes(domain, sorted({*row.scopes, *wanted}), at=timezone.now())
    return JsonResponse({"scopes": installs.granted(domain)})


@require_POST
def uninstall(request: HttpRequest, domain: str) -> HttpResponse:
    installs.uninstall(domain, at=timezone.now())
    return HttpResponseRedirect(f"/shopify/{domain}/admin/")


@require_GET
@never_cache
def editor(request: HttpRequest, domain: str) -> HttpResponse:
    """Where deep links into the theme editor end."""
    return render(request, "sandbox/admin/editor.html", {**_shop(domain), "asked": request.GET.items()})


@require_GET
@never_cache
def order(request: HttpRequest, domain: str, number: int) -> HttpResponse:
    """Where links to an order end: the sandbox shows orders in its own console."""
    known = Order.objects.filter(domain=domain, pk=Order.key_of(number)).first()
    if known is None:
        raise Http404
    return HttpResponseRedirect("/sandbox/#shopify")


@require_GET
def bridge(request: HttpRequest) -> FileResponse:
    """The stand-in of App Bridge, at the address that the application names in place of Shopify's."""
    return FileResponse((settings.BASE_DIR / "cardmaker" / BRIDGE).open("rb"), content_type="text/javascript")


def app_path(domain: str) -> str:
    return f"/shopify/{domain}/admin/apps/{settings.SHOPIFY_API_KEY}"


def shops() -> list[dict[str, Any]]:
    """Every shop that there is something of, for the console."""
    known = {*SHOPS, settings.STOREFRONT_SHOP, *Product.objects.values_list("domain", flat=True)}
    known |= set(Installation.objects.values_list("domain", flat=True))
    return [_shop(domain) for domain in sorted(known)]


def _shop(domain: str) -> dict[str, Any]:
    return {
        "domain": domain,
        "name": installs.shop_name(domain),
        "installed": installs.installed(domain),
        "app_path": app_path(domain),
        "install_path": f"/shopify/{domain}/admin/oauth/install?{urlencode({'client_id': settings.SHOPIFY_API_KEY})}",
    }
