"""A picture that arrives for a calendar's page is shown on it at once."""

from collections.abc import Sequence
from datetime import datetime

from designs.models import Image, Kind, Page, PagePick, Run


def show_on_pages(run: Run, made: Sequence[Image], *, at: datetime) -> None:
    """Let each page show its new picture, unless the person chose another one. In the transaction that writes them."""
    if run.stage != Run.Stage.PAGE or run.design.kind != Kind.CALENDAR or not made:
        return
    # First the Design's row, as everybody does who changes picks: two writers of one page must not wait for each other.
    run.design.touch(at=at)
    pages = Page.objects.filter(design=run.design_id, position__in={image.position for image in made})
    by_position = {page.position: page for page in pages.prefetch_related("picks__image__call__run")}
    for image in made:
        page = by_position.get(image.position)
        if page is not None and all(_by_a_page_run(pick.image) for pick in page.picked):
            page.picks.all().delete()
            PagePick.objects.create(page=page, image=image, rank=0)


def _by_a_page_run(image: Image) -> bool:
    return image.call is not None and image.call.run.stage == Run.Stage.PAGE
