"""The forms of an HTML page as a browser has them: where they go, what they send, whether the button can be pressed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """`fields` are the values the browser would send; `button` is the text of the last submit button."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    button: str = ""
    pressable: bool = True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._in_button = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif self._open is not None:
            self._inside(self._open, tag, given)

    def _inside(self, form: Form, tag: str, given: dict[str, str]) -> None:
        if tag == "input" and given.get("type") == "submit":
            form.button, form.pressable = given.get("value", ""), "disabled" not in given
        elif tag == "input" and given.get("name"):
            form.fields[given["name"]] = given.get("value", "")
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.button, form.pressable, self._in_button = "", "disabled" not in given, True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "button":
            self._in_button = False

    def handle_data(self, data: str) -> None:
        if self._in_button and self._open is not None:
            self._open.button = f"{self._open.button} {data.strip()}".strip()


def forms_of(html: str) -> list[Form]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def links_of(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return reader.links
