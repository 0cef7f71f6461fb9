"""What both GraphQL endpoints share: schemas, connections, errors, points."""

import base64
import functools
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    build_schema,
)

Values = dict[str, Any]
Resolver = Callable[..., Any]


@functools.cache
def schema(name: str) -> GraphQLSchema:
    return build_schema((Path(__file__).parent / "schemas" / f"{name}.graphql").read_text())


class Invalid(Exception):
    """A user error: the mutation changes nothing and says what is wrong with its input."""

    def __init__(self, message: str, field: Iterable[str] | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.error = {"message": message, "field": list(field) if field is not None else None, "code": code}


def mutation(resolve: Resolver) -> Resolver:
    """All or nothing; `Invalid` becomes the payload's only user error."""

    @functools.wraps(resolve)
    def resolved(_info: object, **arguments: Any) -> Values:
        try:
            with transaction.atomic():
                return {"userErrors": [], **resolve(**arguments)}
        except Invalid as exc:
            return {"userErrors": [exc.error]}

    return resolved


def not_found(gid: object) -> GraphQLError:
    return GraphQLError(f"Invalid id: {gid}", extensions={"code": "RESOURCE_NOT_FOUND"})


def connection(listed: list[Values] | Callable[[], list[Values]]) -> Resolver:
    """A list as a connection: `first`, `after`, nodes and page info. Cursors are positions.

    A function is called only when a document selects the connection.
    """

    def page(_info: object, first: int | None = None, after: str | None = None, **_: Any) -> Values:
        nodes = listed() if callable(listed) else listed
        start = int(base64.b64decode(after)) if after else 0
        end = min(start + (first if first is not None else 50), len(nodes))
        page_info = {
            "hasNextPage": end < len(nodes),
            "hasPreviousPage": start > 0,
            "startCursor": _cursor(start) if nodes else None,
            "endCursor": _cursor(end) if nodes else None,
        }
        return {"nodes": nodes[start:end], "pageInfo": page_info}

    return page


def _cursor(position: int) -> str:
    return base64.b64encode(str(position).encode()).decode()


# Points: a fit to recorded answers, see `requested_cost`.
FREE = {"userErrors", "pageInfo", "shopMoney", "presentmentMoney", "totalPriceSet", "originalUnitPriceSet"}
PAGE_FACTORS = ((2, 1), (3, 2), (5, 3), (10, 4), (20, 5), (25, 6), (50, 7), (100, 9), (250, 11))


def requested_cost(operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> int:
    """Points Shopify would reserve: mutations 10, objects 1, connections by their size, the rest 0."""
    base = 0
    if operation.operation.value == "mutation":
        base = 10 * len(operation.selection_set.selections)
    return max(1, base + _cost(operation.selection_set, fragments, depth=0 if base else 2))


def _cost(selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], depth: int) -> int:
    total = 0
    for node in selections.selections:
        if isinstance(node, FragmentSpreadNode):
            total += _cost(fragments[node.name.value].selection_set, fragments, depth)
        elif isinstance(node, InlineFragmentNode):
            total += _cost(node.selection_set, fragments, depth)
        elif isinstance(node, FieldNode) and node.selection_set and node.name.value not in FREE:
            total += _field_cost(node, fragments, depth)
    return total


def _field_cost(node: FieldNode, fragments: dict[str, FragmentDefinitionNode], depth: int) -> int:
    assert node.selection_set is not None
    children = _cost(node.selection_set, fragments, depth + 1)
    names = {child.name.value for child in node.selection_set.selections if isinstance(child, FieldNode)}
    if "nodes" in names:
        return 2 + children * _page_factor(node)
    # A mutation's payload and the objects directly in it are part of the ten points.
    return children + (0 if depth < 2 else 1)


def _page_factor(node: FieldNode) -> int:
    sizes = {each.name.value: each.value for each in node.arguments or ()}
    first = sizes.get("first")
    size = int(first.value) if isinstance(first, IntValueNode) else 50
    return next((factor for limit, factor in PAGE_FACTORS if size <= limit), 11)


class Bucket:
    """Points of one app in one shop: a leaky bucket, as `extensions.cost.throttleStatus` reports it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.available = float(settings.COST_BUCKET)
        self.at = time.monotonic()

    def spend(self, points: int) -> bool:
        with self.lock:
            now = time.monotonic()
            refill = (now - self.at) * settings.COST_RESTORE
            self.available, self.at = min(settings.COST_BUCKET, self.available + refill), now
            if points > self.available:
                return False
            self.available -= points
            return True

    def drain(self, *, to: float) -> None:
        """Somebody else spends from the same bucket."""
        with self.lock:
            self.available = min(self.available, to)
            self.at = time.monotonic()

    def status(self) -> Values:
        return {
            "maximumAvailable": float(settings.COST_BUCKET),
            "currentlyAvailable": int(self.available),
            "restoreRate": float(settings.COST_RESTORE),
        }
