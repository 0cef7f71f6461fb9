"""How well product pictures are made: time, cost, success and votes, by who drew them and by how they are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from designs.models import Call, Image, PictureVote, Shot, ShotOption

DAYS = 30
NEWEST = 5_000
GOAL_S, GOAL_MICROS = 6.0, 24_000
BASELINE_S, BASELINE_MICROS = 10.0, 40_000
GOAL_SUCCESS = 95  # percent


@dataclass(slots=True)
class Score:
    """What came of one maker or one way to show a product. `points`: a win is 2, a draw 1, of two points a vote."""

    title: str
    pictures: int = 0
    micros: int = 0
    seconds: float = 0.0
    calls: int = 0
    failed: int = 0
    points: int = 0
    votes: int = 0
    seen_calls: set[Any] = field(default_factory=set, repr=False)

    @property
    def seconds_each(self) -> float | None:
        return round(self.seconds / self.pictures, 2) if self.pictures else None

    @property
    def micros_each(self) -> int | None:
        return self.micros // self.pictures if self.pictures else None

    @property
    def success(self) -> int | None:
        """Whole percent of the calls that ended."""
        return round(100 * (self.calls - self.failed) / self.calls) if self.calls else None

    @property
    def liked(self) -> int | None:
        """Whole percent of the points it could have won."""
        return round(50 * self.points / self.votes) if self.votes else None


@dataclass(frozen=True, slots=True)
class Figures:
    makers: list[Score]
    templates: list[Score]


def figures(*, at: datetime) -> Figures:
    """The last DAYS days, at most NEWEST calls. Five queries, whatever there is."""
    since = at - timedelta(days=DAYS)
    ended = Call.objects.filter(run__design__brief__isnull=False, run__created_at__gte=since).ended()
    calls = list(ended.select_related("run").order_by("-created_at")[:NEWEST])
    images = {image.pk: image for image in Image.objects.filter(call__in=[call.pk for call in calls])}
    shots = Shot.objects.filter(page__design__in={call.run.design_id for call in calls}).select_related("page")
    options = {(shot.page.design_id, shot.page.position): list(shot.options.values()) for shot in shots}
    titles = dict(ShotOption.objects.values_list("code", "title"))
    makers, templates = _Board(), _Board(titles)
    drawn: dict[Any, list[Image]] = {}
    for image in images.values():
        drawn.setdefault(image.call_id, []).append(image)
    for call in calls:
        made = drawn.get(call.pk, [])
        makers.count(_maker(call), call, made)
        for code in options.get((call.run.design_id, call.position), []):
            templates.count(code, call, made)
    _count_votes(images, options, makers, templates)
    return Figures(makers.scores(), templates.scores())


class _Board:
    def __init__(self, titles: Mapping[str, str] | None = None) -> None:
        self._titles = titles or {}
        self._scores: dict[str, Score] = {}

    def of(self, key: str) -> Score:
        return self._scores.setdefault(key, Score(self._titles.get(key, key)))

    def count(self, key: str, call: Call, made: Iterable[Image]) -> None:
        score, pictures = self.of(key), list(made)
        score.calls += 1
        score.failed += call.outcome != Call.Outcome.ANSWERED
        score.pictures += len(pictures)
        score.micros += call.actual_micros
        if call.sent_at and call.answered_at and pictures:
            score.seconds += (call.answered_at - call.sent_at).total_seconds()

    def scores(self) -> list[Score]:
        return sorted(self._scores.values(), key=lambda score: (-score.pictures, score.title))


def _count_votes(
    images: Mapping[Any, Image], options: Mapping[Any, list[str]], makers: _Board, templates: _Board
) -> None:
    for judged in PictureVote.objects.filter(first__in=images.keys(), second__in=images.keys()):
        for image_id, won in ((judged.first_id, "first"), (judged.second_id, "second")):
            image = images[image_id]
            points = 1 if judged.choice == "equal" else 2 if judged.choice == won else 0
            keys = options.get((image.design_id, image.position), [])
            for score in (makers.of(_named(image.provider, image.model)), *map(templates.of, keys)):
                score.votes += 1
                score.points += points


def _maker(call: Call) -> str:
    return _named(call.provider, call.model)


def _named(provider: str, model: str) -> str:
    """Our own illustrator is provider and model in one."""
    return provider if model in ("", provider) else f"{provider} {model}"
