import pytest

from cardmaker.core.foreign import NotForeign, foreign_client
from cardmaker.core.http import OutsideUnavailable

INNER = [
    "https://127.0.0.1/a.png",
    "https://localhost/a.png",
    "https://10.1.2.3/a.png",
    "https://192.168.0.1:8443/a.png",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/a.png",
    "https://[::ffff:127.0.0.1]/a.png",
    "https://[fd00::1]/a.png",
    "http://8.8.8.8/a.png",
    "ftp://8.8.8.8/a.png",
    "file:///etc/passwd",
    "https:///a.png",
]


@pytest.mark.parametrize("url", INNER)
def test_what_others_name_never_leads_into_our_own_network(settings, url):
    settings.SANDBOX = False

    with pytest.raises(NotForeign):
        foreign_client("Pictures", url)


def test_public_addresses_and_the_sandboxs_own_are_asked(settings):
    assert foreign_client("Pictures", "http://127.0.0.1:8001/a.png").name == "Pictures"

    settings.SANDBOX = False
    assert foreign_client("Pictures", "https://8.8.8.8/a.png").name == "Pictures"


def test_a_name_that_nobody_knows_may_be_known_later(settings):
    settings.SANDBOX = False

    with pytest.raises(OutsideUnavailable):
        foreign_client("Pictures", "https://nobody.invalid/a.png")
