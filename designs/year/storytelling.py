"""A calendar's story from one sentence, by a text model where ops chose one, else by our rules. Nothing is stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cardmaker.core.errors import Refused
from designs.making import writing
from designs.models import Design
from designs.providers.text import TextRequest
from designs.screening.admission import admit
from designs.year import stories
from designs.year.calendars import COVER, LONGEST_PROMPT, SHEET, SHEETS, SHORTEST_PROMPT, month_of

POSITIONS = [COVER, *(f"{SHEET}{number:02d}" for number in range(1, SHEETS + 1))]
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["pages"],
    "additionalProperties": False,
    "properties": {
        "pages": {
            "type": "array",
            "minItems": len(POSITIONS),
            "maxItems": len(POSITIONS),
            "items": {"type": "string", "minLength": SHORTEST_PROMPT, "maxLength": LONGEST_PROMPT},
        }
    },
}
INSTRUCTIONS = (
    "You plan the pictures of a wall calendar. From one sentence of its owner write one picture description for each "
    "page: first the cover, then {months}. Each is one English sentence of at most {longest} characters, names whom "
    "the owner names, fits the season and the feasts of {country}, shows one scene, and asks for no text in it. "
    "No two scenes are alike; together they tell the owner's story. Use no brands, famous persons or known characters."
)


def tell(design: Design, sentence: str, *, at: datetime) -> list[dict[str, str]]:
    """[{"position", "prompt"}] for cover and twelve sheets. Not in a transaction. Raises BadInput beside `sentence`."""
    by_rules = stories.propose(sentence, design.calendar)  # refuses first what nobody should be asked about
    asked = admit(sentence, field="sentence").text
    pages: list[dict[str, str]] = writing.written(
        TextRequest(_instructions(design.calendar), asked, SCHEMA),
        kind=design.kind,
        rules=lambda: by_rules,
        usable=_admitted,
        account_id=design.account_id,
        shop_id=design.shop_id,
        at=at,
    )
    return pages


def _instructions(calendar: Mapping[str, Any]) -> str:
    shown = [month_of(position, calendar) for position in POSITIONS[1:]]
    months = ", ".join(MONTHS[month[1] - 1] for month in shown if month)
    country = stories.country_of(calendar) or "the owner's country"
    return INSTRUCTIONS.format(months=months, longest=LONGEST_PROMPT, country=country)


def _admitted(value: Any) -> list[dict[str, str]]:
    """Through the same door as every prompt. Raises ValueError for what would not come in."""
    pages = []
    for position, prompt in zip(POSITIONS, value["pages"], strict=True):
        try:
            admitted = admit(" ".join(prompt.split()), field="sentence").text
        except Refused as exc:
            raise ValueError(exc.code) from exc
        if not SHORTEST_PROMPT <= len(admitted) <= LONGEST_PROMPT:
            raise ValueError("too short or too long")
        pages.append({"position": position, "prompt": admitted})
    return pages
