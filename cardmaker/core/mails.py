"""Mails: a subject, a text and an HTML template each, sent in one way, and shown to ops with fictional data.

An app names its mails in `AppConfig.ready()`. Whoever sends one makes sure that it is sent once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail. `sample` makes the facts of a fictional one; `path` is where its templates begin."""

    name: str
    title: str
    sample: Callable[[], Mapping[str, Any]]
    path: str
    infix: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """As it is sent. `html` is "" for a mail that has only text."""

    subject: str
    text: str
    html: str


KINDS: dict[str, Kind] = {}


def register(
    name: str, title: str, sample: Callable[[], Mapping[str, Any]], *, path: str = "", infix: str = ""
) -> None:
    """Name a mail. Without `path` its templates are email/<name>_subject.txt, .txt and .html.

    `infix` stands before the two endings: allauth calls its templates <path>_message.txt.
    """
    KINDS[name] = Kind(name, title, sample, path or f"email/{name}", infix)


def render(name: str, facts: Mapping[str, Any]) -> Mail:
    """Raises KeyError for a name that nobody registered."""
    kind = KINDS[name]
    subject = " ".join(render_to_string(f"{kind.path}_subject.txt", dict(facts)).split())
    text = render_to_string(f"{kind.path}{kind.infix}.txt", dict(facts)).strip() + "\n"
    return Mail(subject, text, render_to_string(f"{kind.path}{kind.infix}.html", dict(facts)))


def send(name: str, facts: Mapping[str, Any], *, to: str, key: str = "") -> None:
    """One mail to one address; nothing where there is none. With a `key` it has the same Message-ID at every try."""
    if not to:
        return
    mail = render(name, facts)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{name}.{key}@{domain}>"} if key else {}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    message.send()
