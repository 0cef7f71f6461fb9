"""The printers, each as the sandbox plays it: what it was sent, what it fetched and hashed, how it moves."""

from typing import Any, Protocol

from fulfillment.walkthrough.web import WalkFailed, Web

Json = dict[str, Any]
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


class Printer(Protocol):
    """One supplier's side of the sandbox. An order is the supplier's own JSON; `reference` is ours."""

    def orders(self) -> list[Json]: ...
    def reference(self, order: Json) -> str: ...
    def ship(self, order: Json) -> Json: ...
    def tracking_number(self, order: Json) -> str: ...
    def files(self, order: Json) -> list[Json]: ...
    def addresses(self, order: Json) -> list[str]: ...


class GootenSide:
    """Prints cards."""

    TEMPLATES = "/gooten/api/v/5/source/api/producttemplates/"

    def __init__(self, web: Web, *, recipe_id: str) -> None:
        self.web, self.recipe_id = web, recipe_id

    def orders(self) -> list[Json]:
        return list(self.web.get("/sandbox/state/")["gooten"]["orders"])

    def reference(self, order: Json) -> str:
        return str(order["source_id"])

    def ship(self, order: Json) -> Json:
        """Step by step until all is shipped."""
        path = f"/sandbox/gooten/orders/{order['source_id']}/advance/"
        moved: Json = self.web.post(path, {"to": "Shipped"})["order"]
        for item in moved["items"]:
            if item["status"] not in ("Shipped", "Delivered"):
                raise WalkFailed(f"The supplier stopped at {item['status']}: {item['issue'] or 'no reason given'}")
        return moved

    def tracking_number(self, order: Json) -> str:
        return str(order["items"][0]["tracking_number"])

    def files(self, order: Json) -> list[Json]:
        """What the supplier fetched over HTTP, hashed by the supplier, by page position."""
        files = []
        for item in order["items"]:
            names = self._positions(item["sku"])
            files += [{"position": names[image["space_id"]], "sha256": image["sha256"]} for image in item["images"]]
        return sorted(files, key=lambda file: file["position"])

    def addresses(self, order: Json) -> list[str]:
        return [image["url"] for item in order["items"] for image in item["images"]]

    def _positions(self, sku: str) -> dict[str, str]:
        """Space id to page position, by the names that the supplier gives its spaces."""
        answer = self.web.get(f"{self.TEMPLATES}?sku={sku}&recipeid={self.recipe_id}")
        spaces = answer["Options"][0]["Spaces"]
        return {space["Id"]: _page(space["Description"].strip().lower().replace(" ", "-")) for space in spaces}


class PrintifySide:
    """Prints calendars, with a month grid of its own below each picture."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def orders(self) -> list[Json]:
        return list(self.web.get("/sandbox/state/")["printify"]["orders"])

    def reference(self, order: Json) -> str:
        return str(order["external_id"])

    def ship(self, order: Json) -> Json:
        """Step by step until all is shipped; only what we sent to production moves."""
        if order["status"] == "on-hold":
            raise WalkFailed("The supplier was never told to print this order.")
        moved: Json = self.web.post(f"/sandbox/printify/orders/{order['id']}/advance/", {"to": "fulfilled"})["order"]
        if moved["status"] != "fulfilled":
            raise WalkFailed(f"The supplier stopped at {moved['status']}: {moved['issue'] or 'no reason given'}")
        return moved

    def tracking_number(self, order: Json) -> str:
        return str(order["shipments"][0]["number"])

    def files(self, order: Json) -> list[Json]:
        """What the supplier fetched over HTTP, hashed by the supplier, by page position."""
        found = [{"position": _page(file["position"]), "sha256": file["sha256"]} for file in _files(order)]
        return sorted(found, key=lambda file: file["position"])

    def addresses(self, order: Json) -> list[str]:
        return [file["url"] for file in _files(order)]


def _files(order: Json) -> list[Json]:
    return [file for line in order["lines"] for file in line["files"]]


def _page(name: str) -> str:
    """A supplier's name of a side in our words: "january" is the first sheet of a calendar that begins there."""
    if name in MONTHS:
        return f"month-{MONTHS.index(name) + 1:02d}"
    return "cover" if name == "front_cover" else name
