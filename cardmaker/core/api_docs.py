"""The API's documentation as a plain page of our own, from the same schema that programs get.

Swagger's viewer wants inline styles, which our pages do not allow, and cannot be read by everybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

Node = Mapping[str, Any]
REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is. `shape` is a name that has its own place on the page: "list of", "PageOut", "or null"."""

    before: str
    shape: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: Type
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `answers` pairs a status with what comes; `takes` has no shape without a body."""

    method: str
    path: str
    anchor: str
    words: str
    parameters: list[Field]
    takes: Type
    answers: list[tuple[str, Type]]


@dataclass(frozen=True, slots=True)
class Documented:
    version: str
    words: str
    groups: dict[str, list[Operation]]
    shapes: dict[str, list[Field]]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/api_docs.html", {"api": _documented()})


def document(schema: Node) -> Documented:
    """A schema of OpenAPI 3 as the page tells it."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            groups.setdefault(str(said["tags"][0]), []).append(_operation(path, method, said))
    shapes = {name: list(_fields(shape)) for name, shape in schema["components"]["schemas"].items()}
    return Documented(schema["info"]["version"], schema["info"]["description"], groups, shapes)


@cache
def _documented() -> Documented:
    """Made once a process: it takes a second or two."""
    from drf_spectacular.generators import SchemaGenerator

    return document(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


def _operation(path: str, method: str, said: Node) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        anchor=str(said["operationId"]),
        words=str(said.get("description", "")),
        parameters=[_parameter(each) for each in said.get("parameters", [])],
        takes=_content(said.get("requestBody", {})),
        answers=[(status, _content(answer)) for status, answer in sorted(said["responses"].items())],
    )


def _parameter(said: Node) -> Field:
    place = "" if said["in"] == "path" else f"in the {said['in']}"
    note = ". ".join(filter(None, [place, str(said.get("description", ""))]))
    return Field(said["name"], _type(said["schema"]), bool(said.get("required")), note)


def _content(said: Node) -> Type:
    """By its first media type; an empty answer has none."""
    found = next(iter(said.get("content", {}).values()), None)
    return _type(found["schema"]) if found and found.get("schema") else Type("")


def _fields(shape: Node) -> Iterator[Field]:
    """A shape of one plain value, such as a state, has a single field without a name."""
    if "properties" not in shape:
        yield Field("", _type(shape), required=True, note=str(shape.get("description", "")))
    for name, said in shape.get("properties", {}).items():
        yield Field(name, _type(said), name in shape.get("required", []), str(said.get("description", "")))


def _type(said: Node) -> Type:
    several = said.get("allOf") or said.get("oneOf") or said.get("anyOf")
    or_null = "or null" if said.get("nullable") else ""
    if several:
        inner = _type(several[0])
        return Type(inner.before, inner.shape, inner.after or or_null)
    if "$ref" in said:
        return Type("", said["$ref"].removeprefix(REF))
    if said.get("type") == "array":
        inner = _type(said.get("items", {}))
        return Type(f"list of {inner.before}".strip(), inner.shape, or_null)
    if "enum" in said:
        return Type("one of " + ", ".join(str(each) for each in said["enum"] if each not in ("", None)), "", or_null)
    words = [str(said.get("type", "anything")), f"({said['format']})" if "format" in said else ""]
    return Type(" ".join(filter(None, words)), "", or_null)
