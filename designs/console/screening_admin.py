"""The review queue, the protected names and the banned pictures in the console."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.lists import known_values
from designs.making.images import show
from designs.models import BannedPicture, Flag, Image, Photo, ProtectedName
from designs.screening import bans, flags

THUMB_SIDE_PX, SHOWN_SIDE_PX = 120, 480
SHOWN_OF_A_RUN = 8


@admin.register(Flag)
class FlagAdmin(ViewOnly):
    """What a machine doubts, to be allowed or refused. The open ones come first, the oldest of them on top."""

    list_display = ["__str__", "looks", "sure", "state", "created_at", "design", "decided_at"]
    list_filter = ["state", "subject_kind", known_values("reason", "reason", lambda: flags.REASONS)]
    list_select_related = ["design"]
    search_fields = ["=id", "=subject_id", "=design__id", "=account__id"]
    fields = [
        "subject_kind", "why", "sure", "excerpt", "picture", "state", "account", "design", "created_at", "decided_at",
        "decided_by",
    ]  # fmt: skip
    readonly_fields = ["why", "sure", "picture"]
    ordering = [F("decided_at").asc(nulls_first=True), "created_at"]
    actions = ["allow", "refuse", "refuse_and_ban"]
    change_form_template = "admin/designs/flag/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        image, photo = (
            Subquery(model.objects.filter(pk=OuterRef("subject_id"), withheld="").values("thumb_file"))
            for model in (Image, Photo)
        )
        flagged: QuerySet[Flag] = super().get_queryset(request)
        return flagged.annotate(image_thumb=image, photo_thumb=photo)

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("designs.change_flag")

    def has_ban_permission(self, request: HttpRequest) -> bool:
        return self.has_judge_permission(request) and request.user.has_perm("designs.add_bannedpicture")

    @admin.display(description="why")
    def why(self, flag: Flag) -> str:
        return flags.REASONS.get(flag.reason, flag.reason.replace("_", " "))

    @admin.display(description="how sure", ordering="score")
    def sure(self, flag: Flag) -> str:
        return "" if flag.score is None else f"{flag.score:.0%}"

    @admin.display(description="picture")
    def looks(self, flag: Any) -> str:
        """Withheld pictures are seen on the flag's own page alone: nobody has to meet them in a list."""
        name = flag.image_thumb or flag.photo_thumb
        if name:
            return _pictures([name], THUMB_SIDE_PX)
        return "withheld: open to look" if flag.subject_kind in flags.PICTURES else ""

    @admin.display(description="picture")
    def picture(self, flag: Flag) -> str:
        return _pictures(_files(flag), SHOWN_SIDE_PX)

    @admin.action(description="Allow", permissions=["judge"])
    def allow(self, request: HttpRequest, chosen: QuerySet[Flag]) -> None:
        self._judge(request, chosen, flags.allow, "Allowed")

    @admin.action(description="Refuse", permissions=["judge"])
    def refuse(self, request: HttpRequest, chosen: QuerySet[Flag]) -> None:
        self._judge(request, chosen, flags.refuse, "Refused")

    @admin.action(description="Refuse, and ban the picture", permissions=["ban"])
    def refuse_and_ban(self, request: HttpRequest, chosen: QuerySet[Flag]) -> None:
        pictures = Image.objects.filter(pk__in=chosen.filter(subject_kind="image").values("subject_id"))
        ban(self, request, pictures, note="refused in review")
        self._judge(request, chosen, flags.refuse, "Refused")

    def _judge(self, request: HttpRequest, chosen: QuerySet[Flag], verb: Callable[..., None], done: str) -> None:
        at, judged = timezone.now(), 0
        for flag in chosen.order_by("created_at", "pk"):
            try:
                verb(flag, by=str(request.user.pk), at=at)
                judged += 1
                self.log_change(request, flag, f"{done}.")
            except Refused as refusal:
                self.message_user(request, f"{flag}: {refusal}", messages.WARNING)
        self.message_user(request, f"{done} {judged} of {len(chosen)} flags.")


@admin.register(ProtectedName)
class ProtectedNameAdmin(admin.ModelAdmin[ProtectedName]):
    """Switched off rather than deleted: the shipped ones would come back. A change acts within seconds."""

    list_display = ["name", "kind", "action", "generic", "active", "updated_at"]
    list_filter = ["kind", "action", "active"]
    search_fields = ["name", "aliases"]
    ordering = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BannedPictureForm(forms.ModelForm[BannedPicture]):
    """The picture itself is not kept: `look` was made of it before the transaction that this form is cleaned in."""

    picture = forms.FileField(help_text="JPEG, PNG or WebP. It is not stored, only what it looks like.")

    class Meta:
        model = BannedPicture
        fields = ("note",)

    def clean(self) -> dict[str, Any]:
        found: tuple[str, str] | str = getattr(self, "look", "")
        if isinstance(found, str):
            raise ValidationError({"picture": found or "Choose a picture."})
        return super().clean() or self.cleaned_data


@admin.register(BannedPicture)
class BannedPictureAdmin(admin.ModelAdmin[BannedPicture]):
    list_display = ["note", "phash", "active", "created_at", "banned_by"]
    list_filter = ["active"]
    search_fields = ["note", "=phash"]
    readonly_fields = ["phash", "banned_by", "created_at"]
    ordering = ["-created_at"]

    def get_fields(self, request: HttpRequest, obj: BannedPicture | None = None) -> Any:
        return ["note", "active", *self.readonly_fields] if obj else ["note", "picture"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        look = getattr(request, "banned_look", "")
        return type("AddBannedPicture", (BannedPictureForm,), {"look": look})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The upload is hashed here, before the admin opens its transaction."""
        sent = request.FILES.get("picture")
        if sent is not None:
            try:
                request.banned_look = bans.hashes(sent.read())  # type: ignore[attr-defined]  # for `get_form`
            except BadInput as exc:
                request.banned_look = exc.message  # type: ignore[attr-defined]
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: BannedPicture, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        banned = bans.ban(form.look, note=obj.note, by=str(request.user.pk), at=timezone.now())
        obj.pk, obj.phash = banned.pk, banned.phash

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def ban(page: Any, request: HttpRequest, chosen: QuerySet[Image], *, note: str) -> None:
    """Ban these pictures, and say how many could be; `page`: the admin that was asked."""
    banned = 0
    for image in chosen.order_by("pk"):
        try:
            bans.ban_image(image, note=f"{note}: {image.pk}", by=str(request.user.pk), at=timezone.now())
            banned += 1
        except (BadInput, FileNotFoundError) as exc:
            page.message_user(request, f"{image}: {exc}", messages.WARNING)
    page.message_user(request, f"Banned {banned} of {len(chosen)} pictures.")


def _files(flag: Flag) -> list[str]:
    if flag.subject_kind in flags.PICTURES:
        return list(
            flags.PICTURES[flag.subject_kind].objects.filter(pk=flag.subject_id).values_list("display_file", flat=True)
        )
    made = Image.objects.filter(call__run=flag.subject_id).order_by("created_at", "number")
    return list(made.values_list("thumb_file", flat=True)[:SHOWN_OF_A_RUN])


def _pictures(names: list[str], width_px: int) -> str:
    at = timezone.now()
    links = ((show(name, at=at), width_px) for name in names if name)
    return format_html_join(" ", '<img src="{}" alt="" width="{}" loading="lazy">', links) or format_html("–")
