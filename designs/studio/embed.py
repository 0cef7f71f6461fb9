"""The stable addresses for other people's pages. What they name has hashed names and may be kept for ever."""

import functools
import hashlib
import json
import posixpath
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from designs.studio import studio_words
from designs.studio.studio_words import (
    LOADER as LOADER,  # the theme app extension ships this very file: there is one loader
)

COMPARE = settings.BASE_DIR / "static" / "embed" / "compare.js"
ENTRY = "studio/embed.js"
WORKSHOPS = {"card": "studio/card.js", "calendar": "studio/calendar/calendar.js"}
IMPORT = re.compile(r"""^import\s(?:[^"';]*\sfrom\s)?["'](\.[^"']+)["']""", re.MULTILINE)
KEPT = "public, max-age=300, stale-while-revalidate=86400"
STUDIO = """// Everything the studio begins with is asked for at once, not module after module.
for (const address of %(modules)s) {
  const link = document.createElement("link");
  document.head.append(Object.assign(link, { rel: "modulepreload", href: new URL(address, import.meta.url) }));
}
const { start } = await import(new URL(%(entry)s, import.meta.url));
export { start };
"""


def _tag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_text(request).encode()).hexdigest()[:20]}"'


@require_safe
@gzip_page
@condition(etag_func=_tag)
def script(request: HttpRequest) -> HttpResponse:
    """GET /embed/v1/loader.js, studio.js, compare.js and words.json: for any page of any origin, without cookies."""
    is_table = request.path.endswith(".json")
    kind = "application/json" if is_table else "text/javascript; charset=utf-8"
    response = HttpResponse(_text(request), content_type=kind)
    response["Cache-Control"] = KEPT
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _text(request: HttpRequest) -> str:
    if request.path.endswith("/loader.js"):
        return _read(LOADER)
    if request.path.endswith("/words.json"):
        return studio_words.table()
    if request.path.endswith("/compare.js"):
        return _read(COMPARE)
    kind = request.GET.get("kind", "card")
    return _studio(kind if kind in WORKSHOPS else "card")


@functools.cache
def _read(file: Path) -> str:
    return file.read_text()


@functools.cache
def _studio(kind: str) -> str:
    addresses = [static(name) for name in _needed([ENTRY, WORKSHOPS[kind]])]
    return STUDIO % {"modules": json.dumps(addresses), "entry": json.dumps(static(ENTRY))}


def _needed(names: list[str]) -> list[str]:
    """These modules and all that they import at once, each before what it imports."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), near)) for near in _imports(name)]
    return list(found)


def _imports(name: str) -> list[str]:
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    with open(path) as file:  # noqa: PTH123 - finders answer text
        return IMPORT.findall(file.read())
