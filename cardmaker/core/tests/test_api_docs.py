"""The API's documentation: a page of our own, whole, under our own policy."""

import json
import re

import pytest

from cardmaker.core.api_docs import Field, Operation, Type, document

pytestmark = pytest.mark.django_db
SCHEMA = {
    "info": {"version": "1", "description": "Cards."},
    "paths": {
        "/api/v1/cards/": {
            "post": {
                "operationId": "cards_create",
                "description": "Begin one.",
                "tags": ["cards"],
                "parameters": [
                    {"in": "header", "name": "Idempotency-Key", "schema": {"type": "string"}, "description": "Once."}
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/CardIn"}}}},
                "responses": {"201": {"content": {"application/json": {"schema": {"type": "array", "items": {
                    "$ref": "#/components/schemas/Card"}}}}}, "204": {"description": "No body."}},
            }
        }
    },
    "components": {
        "schemas": {
            "CardIn": {
                "required": ["kind"],
                "properties": {
                    "kind": {"enum": ["flat", "folded", ""]},
                    "sent_at": {"type": "string", "format": "date-time", "nullable": True, "description": "UTC."},
                    "back": {"allOf": [{"$ref": "#/components/schemas/Card"}], "nullable": True},
                },
            },
            "Card": {"enum": ["a", "b"]},
        }
    },
}  # fmt: skip


def test_a_schema_becomes_operations_and_shapes():
    told = document(SCHEMA)

    key = Field("Idempotency-Key", Type("string"), required=False, note="in the header. Once.")
    answers = [("201", Type("list of", "Card")), ("204", Type(""))]
    operation = Operation("POST", "/api/v1/cards/", "cards_create", "Begin one.", [key], Type("", "CardIn"), answers)
    assert told.groups == {"cards": [operation]}
    assert told.shapes == {
        "CardIn": [
            Field("kind", Type("one of flat, folded"), required=True, note=""),
            Field("sent_at", Type("string (date-time)", "", "or null"), required=False, note="UTC."),
            Field("back", Type("", "Card", "or null"), required=False, note=""),
        ],
        "Card": [Field("", Type("one of a, b"), required=True, note="")],
    }


def test_the_page_names_every_operation_and_every_link_in_it_leads_somewhere(client):
    schema = json.loads(client.get("/api/v1/schema/", headers={"Accept": "application/json"}).content)
    answer = client.get("/api/v1/docs/")
    page = answer.content.decode()

    operations = {said["operationId"] for methods in schema["paths"].values() for said in methods.values()}
    ids = re.findall(r' id="([^"]+)"', page)
    assert operations <= set(ids)
    assert {f"shape-{name}" for name in schema["components"]["schemas"]} <= set(ids)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert not re.search(r"<script(?! type=\"module\" src)|<style|style=", page)
    assert "unsafe" not in answer["Content-Security-Policy"]
