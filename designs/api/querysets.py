"""Which rows each answer is made of, so that no serializer ever queries."""

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from accounts.identity import Caller
from designs.models import Call, Design, Image, Page, Proof, Run
from designs.naming import first_prompt

SHOWN_IMAGES = 200
SHOWN_RUNS = 5


def design_summaries(caller: Caller) -> QuerySet[Design]:
    """The caller's Designs for a list: three queries for any number of them."""
    pages = Page.objects.filter(picks__isnull=False).distinct().prefetch_related("picks__image")
    return _annotated(Design.objects.visible_to(caller)).prefetch_related(Prefetch("pages", queryset=pages))


def designs_in_full(caller: Caller) -> QuerySet[Design]:
    """One Design with all that its studio shows, its newest pictures and runs as `shown_…`. Ten queries."""
    recent = Run.objects.order_by("-created_at", "-pk")[:SHOWN_RUNS]
    images = Image.objects.order_by("-created_at", "-number")[:SHOWN_IMAGES]
    return _annotated(Design.objects.visible_to(caller)).prefetch_related(
        "pages__picks__image",
        "uses__photo",
        Prefetch("images", queryset=images, to_attr="shown_images"),
        Prefetch("runs", queryset=_with_images(recent), to_attr="shown_runs"),
    )


def runs_in_full(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Runs with the pictures that came so far, and how each page goes. Two more queries."""
    return _with_images(runs)


def _with_images(runs: QuerySet[Run]) -> QuerySet[Run]:
    made = Image.objects.order_by("number")
    calls = Call.objects.order_by("number").only("pk", "run_id", "number", "position", "outcome", "tries", "error")
    return runs.prefetch_related(Prefetch("calls", queryset=calls), Prefetch("calls__images", queryset=made))


def _annotated(designs: QuerySet[Design]) -> QuerySet[Design]:
    ready = Proof.objects.ready().filter(design=OuterRef("pk")).order_by("-created_at", "-pk")
    return designs.select_related("format").annotate(
        ready_proof=Subquery(ready.values("pk")[:1]), first_prompt=first_prompt()
    )
