"""Every GraphQL document the application sends fits the sandbox's schema and, where it is at hand, Shopify's own.

SHOPIFY_ADMIN_SDL and SHOPIFY_STOREFRONT_SDL name the published schema files, plain or .gz; without them they are looked
for beside the repository, in shared/apis. The repository has none.
"""

import gzip
import os
import re
from pathlib import Path

import pytest
from graphql import NoDeprecatedCustomRule, OperationDefinitionNode, build_schema, parse, specified_rules, validate

from .driver import DOCUMENTS

SCHEMAS = Path(__file__).resolve().parents[1] / "shopify" / "schemas"
BESIDE = Path(__file__).resolve().parents[4] / "shared" / "apis"
ADMIN = sorted(DOCUMENTS.glob("*.graphql"))
STOREFRONT = sorted((DOCUMENTS / "storefront").glob("*.graphql"))
RULES = [*specified_rules, NoDeprecatedCustomRule]


def _published(name):
    api = name.split("_")[1].lower()
    path = Path(os.environ.get(name) or BESIDE / f"shopify-{api}-2026-10.graphql.gz")
    if not path.is_file():
        pytest.skip(f"{name} names no file")
    content = path.read_bytes()
    return build_schema((gzip.decompress(content) if path.suffix == ".gz" else content).decode(), assume_valid=True)


def _errors(schema, paths):
    return {path.name: [error.message for error in validate(schema, parse(path.read_text()), RULES)] for path in paths}


@pytest.mark.parametrize(("api", "paths"), [("admin", ADMIN), ("storefront", STOREFRONT)])
def test_documents_fit_the_schema_of_the_sandbox(api, paths):
    schema = build_schema((SCHEMAS / f"{api}.graphql").read_text())

    assert _errors(schema, paths) == {path.name: [] for path in paths}
    assert paths


@pytest.mark.parametrize(("name", "paths"), [("SHOPIFY_ADMIN_SDL", ADMIN), ("SHOPIFY_STOREFRONT_SDL", STOREFRONT)])
def test_documents_fit_the_published_schema_without_deprecated_fields(name, paths):
    assert _errors(_published(name), paths) == {path.name: [] for path in paths}


@pytest.mark.parametrize(("name", "api"), [("SHOPIFY_ADMIN_SDL", "admin"), ("SHOPIFY_STOREFRONT_SDL", "storefront")])
def test_the_sandbox_invents_no_field_and_changes_no_type(name, api):
    published = _published(name)
    ours = build_schema((SCHEMAS / f"{api}.graphql").read_text())

    assert set(_fields(ours)) - set(_fields(published)) == set()


def _fields(schema):
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        for field, definition in (getattr(kind, "fields", None) or {}).items():
            yield f"{kind.name}.{field}: {definition.type}"
        yield from (f"{kind.name}.{value}" for value in getattr(kind, "values", None) or {})


@pytest.mark.parametrize("path", [*ADMIN, *STOREFRONT], ids=lambda path: path.stem)
def test_a_document_holds_one_operation_named_after_its_file(path):
    operations = [each for each in parse(path.read_text()).definitions if isinstance(each, OperationDefinitionNode)]

    assert [re.sub(r"(?<!^)(?=[A-Z])", "_", each.name.value).lower() for each in operations] == [path.stem]
