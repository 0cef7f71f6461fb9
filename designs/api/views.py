"""Designs, their pages, runs and previews. Views only translate: load, one domain call, answer."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.proof import PROOF_NEEDED, PROOF_OF_WORK, ProvenToGenerate
from accounts.identity import caller_of, ensure_account, open_to
from cardmaker.core.errors import BadInput
from cardmaker.core.idempotency import IdempotentPost
from designs import editing, lifecycle
from designs.api.calendar_shapes import StoryOut
from designs.api.design_shapes import DesignOut, DesignSummaryOut
from designs.api.inputs import DesignChangeIn, DesignIn, PageIn, RunIn, StoryIn
from designs.api.page_shapes import WrittenPageOut
from designs.api.preview_shapes import PreviewOut
from designs.api.querysets import design_summaries, designs_in_full, runs_in_full
from designs.api.run_shapes import RunOut
from designs.making import generation, routing
from designs.making.images import show
from designs.models import Design, Format, Image, Kind, Page, PagePreview, Run
from designs.proofs import previews
from designs.year import stories, storytelling

IDEMPOTENCY_KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Makes repeating safe.")


class DesignList(IdempotentPost, generics.ListAPIView[Design]):
    """GET, POST /designs/: the caller's designs, newest first; beginning one. A visitor's first POST makes a guest."""

    serializer_class = DesignSummaryOut
    queryset = Design.objects.none()  # for the schema

    def get_queryset(self) -> Any:
        return design_summaries(caller_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "at": timezone.now()}

    @extend_schema(
        request=DesignIn, responses={201: DesignOut}, parameters=[IDEMPOTENCY_KEY], operation_id="designs_create"
    )
    def post(self, request: Request) -> Response:
        at, body = timezone.now(), read_body(DesignIn, request)
        account = ensure_account(request)
        caller = caller_of(request)
        design = editing.create_design(
            account, caller.shop, kind=body["kind"], format_code=body["format"], title=body["title"], at=at
        )
        answer = DesignOut(designs_in_full(caller).get(pk=design.pk), context={"at": at}).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": f"{request.path}{design.pk}/"})


class DesignDetail(APIView):
    """GET, PATCH, DELETE /designs/{id}/."""

    @extend_schema(responses=DesignOut, operation_id="designs_retrieve")
    def get(self, request: Request, pk: UUID) -> Response:
        return _full(request, pk, at=timezone.now())

    @extend_schema(request=DesignChangeIn, responses=DesignOut, operation_id="designs_partial_update")
    def patch(self, request: Request, pk: UUID) -> Response:
        design, at, body = _design(request, pk), timezone.now(), read_body(DesignChangeIn, request)
        wanted = {"title": body.get("title"), "format_code": body.get("format"), "calendar": body.get("calendar")}
        editing.change_design(design, **wanted, at=at)
        return _full(request, pk, at=at)

    @extend_schema(responses={204: None}, operation_id="designs_destroy")
    def delete(self, request: Request, pk: UUID) -> Response:
        lifecycle.delete_design(_design(request, pk), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PageDetail(APIView):
    """PUT /designs/{id}/pages/{position}/: change what is sent, keep the rest. Made for saving while somebody types."""

    @extend_schema(request=PageIn, responses=WrittenPageOut, operation_id="pages_update")
    def put(self, request: Request, pk: UUID, position: str) -> Response:
        design, at, body = _design(request, pk), timezone.now(), read_body(PageIn, request)
        page, notices = editing.write_page(design, position, body, caller=caller_of(request), at=at)
        return Response(_written(page, design, notices, at=at))


class Story(APIView):
    """POST /designs/{id}/story/: one sentence becomes a prompt for every page. A proposal: nothing is saved."""

    @extend_schema(request=StoryIn, responses=StoryOut, operation_id="story_create")
    def post(self, request: Request, pk: UUID) -> Response:
        design, body = _design(request, pk), read_body(StoryIn, request)
        if design.kind != Kind.CALENDAR:
            raise BadInput.beside("kind", "Stories are told in calendars.")
        pages = storytelling.tell(design, body["sentence"], at=timezone.now())
        return Response(StoryOut({"pages": pages, "notices": stories.notices(body["sentence"])}).data)


class RunList(IdempotentPost, APIView):
    """POST /designs/{id}/runs/: make pictures. The answer is a Run to poll. A guest proves some work first."""

    permission_classes = [ProvenToGenerate]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # A provider's first import may take a second: not inside the transaction of the idempotency key.
        routing.warm()

    @extend_schema(
        request=RunIn,
        responses={202: RunOut, 428: PROOF_NEEDED},
        parameters=[IDEMPOTENCY_KEY, PROOF_OF_WORK],
        operation_id="runs_create",
    )
    def post(self, request: Request, pk: UUID) -> Response:
        design, at, body = _design(request, pk), timezone.now(), read_body(RunIn, request)
        open_to(caller_of(request).account, request)
        run = generation.start_run(
            design,
            stage=body["stage"],
            positions=body.get("positions", []),
            count=body.get("count"),
            parent=_parent(request, body.get("parent")),
            instruction=body["instruction"],
            key=request.headers.get("Idempotency-Key", ""),
            notify_email=body["notify_email"],
            ceiling_micros=body.get("ceiling_micros"),
            at=at,
        )
        answer = _run_answer(run, at=at, status=status.HTTP_202_ACCEPTED)
        answer["Location"] = f"/api/v1/runs/{run.pk}/"
        return answer


class RunVerb(APIView):
    """One POST below /runs/{id}/: steers a Run and answers with it."""

    def act(self, run: Run, *, at: datetime) -> None:
        raise NotImplementedError

    def steer(self, request: Request, pk: UUID) -> Response:
        run, at = get_object_or_404(Run.objects.visible_to(caller_of(request)), pk=pk), timezone.now()
        self.act(run, at=at)
        return _run_answer(run, at=at)


class RunPause(RunVerb):
    """POST /runs/{id}/pause/: nothing more is sent; what is under way comes home."""

    @extend_schema(request=None, responses=RunOut, operation_id="runs_pause")
    def post(self, request: Request, pk: UUID) -> Response:
        return self.steer(request, pk)

    def act(self, run: Run, *, at: datetime) -> None:
        generation.pause(run, at=at)


class RunResume(RunVerb):
    """POST /runs/{id}/resume/."""

    @extend_schema(request=None, responses=RunOut, operation_id="runs_resume")
    def post(self, request: Request, pk: UUID) -> Response:
        return self.steer(request, pk)

    def act(self, run: Run, *, at: datetime) -> None:
        generation.resume(run, at=at)


class RunCancel(RunVerb):
    """POST /runs/{id}/cancel/: what was not sent is given back."""

    @extend_schema(request=None, responses=RunOut, operation_id="runs_cancel")
    def post(self, request: Request, pk: UUID) -> Response:
        return self.steer(request, pk)

    def act(self, run: Run, *, at: datetime) -> None:
        generation.cancel(run, at=at)


class OneRenderer(DefaultContentNegotiation):
    """DRF takes `?format=` for a renderer's name; here it names a Format."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Preview(APIView):
    """GET /designs/{id}/preview/?format=…: the pages in any format of its kind, drawn as they would be printed."""

    content_negotiation_class = OneRenderer

    @extend_schema(
        parameters=[
            OpenApiParameter("format", str, description="Another format; without it the design's own."),
            OpenApiParameter(
                "grid", str, enum=["no"], description="A calendar's pictures alone, without their months."
            ),
        ],
        responses={200: PreviewOut, 304: OpenApiResponse(description="Nothing changed.")},
        operation_id="preview_retrieve",
    )
    def get(self, request: Request, pk: UUID) -> Response:
        design, at = _design(request, pk), timezone.now()
        design_format = _format_asked(design, request.query_params.get("format", ""))
        pages = previews.wanted(design, design_format, draws_grid=request.query_params.get("grid") == "no")
        etag = _etag([page.digest for page in pages], at=at)
        if request.headers.get("If-None-Match") == etag:
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": etag})
        drawn = previews.page_previews(design, design_format, pages, at=at)
        shown = [_preview(page.content.position, row, at=at) for page, row in zip(pages, drawn, strict=True)]
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        return Response(PreviewOut({"pages": shown}).data, headers=headers)


def link_window(at: datetime) -> int:
    """Counts the spans in which links to files keep their text."""
    return int(at.timestamp()) // (int(settings.FILE_LINK_S) // 2)


def read_body(serializer_class: Any, request: Request) -> dict[str, Any]:
    """What was sent, checked. Raises the serializer's refusal, beside each field."""
    body = serializer_class(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def _design(request: Request, pk: UUID) -> Design:
    mine = Design.objects.visible_to(caller_of(request)).select_related("format")
    return get_object_or_404(mine, pk=pk)


def _full(request: Request, pk: UUID, *, at: datetime) -> Response:
    design = get_object_or_404(designs_in_full(caller_of(request)), pk=pk)
    return Response(DesignOut(design, context={"at": at}).data)


def _written(page: Page, design: Design, notices: list[str], *, at: datetime) -> Any:
    context = {"at": at, "format": design.format, "calendar": design.calendar, "notices": notices}
    return WrittenPageOut(page, context=context).data


def _parent(request: Request, pk: UUID | None) -> Image | None:
    if pk is None:
        return None
    parent = Image.objects.visible_to(caller_of(request)).select_related("call").filter(pk=pk).first()
    if parent is None:
        raise BadInput.beside("parent", "There is no such picture.")
    return parent


def _run_answer(run: Run, *, at: datetime, status: int = status.HTTP_200_OK) -> Response:
    shown = runs_in_full(Run.objects.filter(pk=run.pk)).get()
    return Response(RunOut(shown, context={"at": at}).data, status=status)


def _format_asked(design: Design, code: str) -> Format:
    design_format = editing.format_on_offer(code, design.shop) if code else design.format
    if design_format is None or design_format.kind != design.kind:
        raise BadInput.beside("format", f"Choose a format for a {design.kind}.")
    return design_format


def _etag(digests: list[str], *, at: datetime) -> str:
    return '"' + hashlib.sha256(f"{digests}{link_window(at)}".encode()).hexdigest()[:32] + '"'


def _preview(position: str, row: PagePreview, *, at: datetime) -> dict[str, Any]:
    return {
        "position": position,
        "url": show(row.file, at=at),
        "width": row.width_px,
        "height": row.height_px,
        "lost": row.lost,
        "warnings": row.warnings,
    }
