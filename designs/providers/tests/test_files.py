"""Results are fetched from where their provider put them, and from nowhere else: an answer names addresses, not we."""

import httpx
import pytest

from cardmaker.core.http import OutsideClient
from designs.providers import files
from designs.providers.base import ProviderRejected, ProviderUnavailable
from designs.providers.files import Files

HOSTS = ("fal.media",)
PICTURE = b"\x89PNG\r\n\x1a\n..."


@pytest.fixture
def world(monkeypatch):
    """Every host there is, in memory: `answers` by address, `asked` what was asked of whom."""

    class World:
        answers = {}
        asked = []

    def answer(request):
        World.asked.append(str(request.url))
        return World.answers.get(str(request.url), httpx.Response(404))

    def client(name, base_url, *, timeout_s):
        return OutsideClient(name, base_url, timeout_s=timeout_s, transport=httpx.MockTransport(answer))

    World.answers, World.asked = {}, []
    monkeypatch.setattr(files, "foreign_client", client)
    return World


def at_fal(base_url="https://queue.fal.run"):
    return Files("fal", base_url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:6379/",
        "http://localhost/admin/",
        "https://10.0.0.5/x.png",
        "https://[::1]/x.png",
        "http://v3.fal.media/x.png",
        "https://v3.fal.media:8443/x.png",
        "https://fal.media.evil.example.com/x.png",
        "https://evilfal.media/x.png",
        "https://fal.media@evil.example.com/x.png",
        "https://user:secret@v3.fal.media/x.png",
        "https://evil.example.com/fal.media",
        "https://evil.example.com\\@fal.media/x.png",
        "https://queue.fal.run.evil.example.com/x.png",
        "https://v3.fal.media:notaport/x.png",
    ],
)
def test_an_address_anywhere_else_is_never_asked(world, url, caplog):
    with pytest.raises(ProviderUnavailable) as caught:
        at_fal().fetch(url)

    assert (caught.value.reason, caught.value.ended, world.asked) == ("upstream_error", False, [])
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "ftp://v3.fal.media/x.png", "x.png", "data:image/png;base64,"]
)
def test_what_is_no_web_address_brings_no_picture(world, url):
    with pytest.raises(ProviderRejected) as caught:
        at_fal().fetch(url)

    assert (caught.value.reason, world.asked) == ("no_image", [])


@pytest.mark.parametrize(
    "url", ["https://v3.fal.media/x.png", "https://fal.media/x.png", "https://queue.fal.run/x.png"]
)
def test_the_providers_own_hosts_are(world, url):
    world.answers[url] = httpx.Response(200, content=PICTURE)

    assert at_fal().fetch(url) == PICTURE


def test_a_redirect_leads_to_allowed_hosts_only(world):
    first, second = "https://v3.fal.media/1", "https://v4.fal.media/2"
    world.answers[first] = httpx.Response(302, headers={"Location": second})
    world.answers[second] = httpx.Response(302, headers={"Location": "http://169.254.169.254/"})
    with pytest.raises(ProviderUnavailable):
        at_fal().fetch(first)

    assert world.asked == [first, second]


def test_a_redirect_to_nowhere_brings_no_picture(world):
    world.answers["https://fal.media/1"] = httpx.Response(302, headers={"Location": "https://[::"})
    with pytest.raises(ProviderUnavailable):
        at_fal().fetch("https://fal.media/1")


def test_redirects_in_a_circle_end(world):
    world.answers["https://fal.media/1"] = httpx.Response(302, headers={"Location": "/1"})
    with pytest.raises(ProviderRejected):
        at_fal().fetch("https://fal.media/1")

    assert len(world.asked) == 3


def test_a_stand_in_serves_from_its_own_address_alone(world):
    own = "http://127.0.0.1:8001/fal/files/1.png"
    world.answers[own] = httpx.Response(200, content=PICTURE)
    stand_in = at_fal("http://127.0.0.1:8001/fal")

    assert stand_in.fetch(own) == PICTURE
    with pytest.raises(ProviderUnavailable):
        stand_in.fetch("http://127.0.0.1:8000/admin/")


def test_more_than_we_take_is_not_read_to_its_end(world, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_PICTURE", 1_000)
    url = "https://fal.media/bomb.png"
    world.answers[url] = httpx.Response(200, content=b"0" * 1_001)
    with pytest.raises(ProviderRejected) as caught:
        at_fal().fetch(url)

    assert caught.value.reason == "no_image"


def test_no_key_goes_along_and_nothing_is_packed_on_the_way(world):
    seen = {}

    class Keeper(dict):
        def get(self, url, other=None):
            return httpx.Response(200, content=PICTURE)

    world.answers = Keeper()
    client = files.foreign_client("fal files", "https://fal.media", timeout_s=1)
    send = client._client.send
    client._client.send = lambda request, **options: (seen.update(request.headers), send(request, **options))[1]
    files.foreign_client, kept = (lambda *given, **named: client), files.foreign_client
    at_fal().fetch("https://fal.media/x.png")
    files.foreign_client = kept

    assert ("authorization" in seen, seen["accept-encoding"]) == (False, "identity")
