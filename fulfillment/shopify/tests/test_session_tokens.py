from datetime import UTC, datetime

import jwt
import pytest
import time_machine

from fulfillment.shopify.session_tokens import SessionToken, SessionTokenRefused, read

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
SECRET = "hush-hush-hush-hush-hush-hush-hush"  # of the length that the algorithm wants
CLAIMS = {
    "iss": "https://ada.myshopify.com/admin",
    "dest": "https://ada.myshopify.com",
    "aud": "client-1",
    "sub": "42",
    "exp": SECONDS + 60,
    "nbf": SECONDS,
    "iat": SECONDS,
    "jti": "f8912129-1af6-4cad-9ca3-76b0f7621087",
    "sid": "aaea182f2732d44c23057c0fea584021a4485b2bd25d3eb7fd349313ad24c685",
}


def token(secret=SECRET, algorithm="HS256", **claims):
    body = {name: value for name, value in (CLAIMS | claims).items() if value is not None}
    return jwt.encode(body, secret, algorithm=algorithm)


def reading(text, at=NOW, **secrets):
    with time_machine.travel(at, tick=False):
        return read(text, at=at, client_id="client-1", **({"secret": SECRET} | secrets))


def test_a_token_says_which_shop_and_who():
    text = token()

    assert reading(text) == SessionToken("ada.myshopify.com", "42", text)
    assert text not in repr(reading(text))


def test_a_clock_may_be_ten_seconds_off():
    for at in (SECONDS - 9, SECONDS + 69):
        assert reading(token(), at=datetime.fromtimestamp(at, UTC)).user_id == "42"


def test_the_old_secret_counts_during_a_rotation():
    assert reading(token(), secret="n" * 32, old_secret=SECRET).user_id == "42"


def without_signature():
    return token().rpartition(".")[0] + "."


REFUSED = {
    "nothing": "",
    "no token": "abc",
    "other letters": "é.é.é",
    "far too long": "a" * 5000,
    "another secret": token(secret="another-another-another-another-"),
    "no signature": without_signature(),
    "the algorithm none": jwt.encode(CLAIMS, None, algorithm="none"),
    "another algorithm": token(algorithm="HS512", secret=SECRET * 2),
    "over": token(exp=SECONDS - 11),
    "without an end": token(exp=None),
    "an end that is true": token(exp=True),
    "not yet": token(nbf=SECONDS + 11),
    "without a beginning": token(nbf=None),
    "another app": token(aud="client-2"),
    "several apps": token(aud=["client-1", "client-2"]),
    "no app": token(aud=None),
    "another shop's admin": token(iss="https://eve.myshopify.com/admin"),
    "no issuer": token(iss=None),
    "an issuer that is no admin": token(iss="https://ada.myshopify.com"),
    "a shop elsewhere": token(dest="https://evil.example.com", iss="https://evil.example.com/admin"),
    "a shop with a path": token(dest="https://ada.myshopify.com/x", iss="https://ada.myshopify.com/x/admin"),
    "a shop without https": token(dest="http://ada.myshopify.com", iss="http://ada.myshopify.com/admin"),
    "a shop in capitals": token(dest="https://ADA.myshopify.com", iss="https://ADA.myshopify.com/admin"),
    "no shop": token(dest=None),
    "a shop that is a number": token(dest=7),
    "nobody": token(sub=None),
    "a person with a name": token(sub="ada"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused(text):
    with pytest.raises(SessionTokenRefused):
        reading(text)
