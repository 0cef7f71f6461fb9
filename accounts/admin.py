"""People, accounts, shops and the private beta in the console. What is history cannot be deleted here."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import lifecycle
from accounts.models import AccessToken, Account, BetaEntry, Shop, User
from cardmaker.core.admin import Quick, ViewOnly
from cardmaker.core.changes import Remembered
from cardmaker.core.errors import Refused


class UserForm(AdminUserCreationForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    add_form = UserForm
    list_display = ("email", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email",)
    ordering = ("email",)
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password", "date_joined", "last_login")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Who manages people gives them roles, and cannot make himself more than he is."""
        fields = [str(name) for name in super().get_readonly_fields(request, obj)]
        return fields if _is_superuser(request) else [*fields, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's password and rights are for superusers."""
        above = obj is not None and obj.is_superuser and not _is_superuser(request)
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # erasing an account deletes its user; staff are made inactive


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


admin.site.unregister(EmailAddress)  # with allauth's own page, who may look could call an address confirmed


@admin.register(EmailAddress)
class EmailAddressAdmin(ViewOnly):
    """Which addresses log in. People confirm them; nobody does it for them."""

    list_display = ("email", "user", "primary", "verified")
    list_filter = ("verified",)
    list_select_related = ("user",)
    search_fields = ("email",)
    ordering = ("email",)


@admin.register(Account)
class AccountAdmin(Quick):
    list_display = ("id", "kind", "user", "zone", "merged_into", "created_at", "erased_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("user", "merged_into")
    search_fields = ("id__exact", "user__email")
    readonly_fields = ("id", "kind", "user", "merged_into", "created_at", "erased_at")
    actions = ("erase", "export_csv")

    @admin.action(description="Erase: delete what names this person", permissions=["change"])
    def erase(self, request: HttpRequest, accounts: QuerySet[Account]) -> None:
        erased = 0
        for account in accounts.order_by("pk"):
            try:
                lifecycle.erase(account, at=timezone.now())
                self.log_change(request, account, "Erased.")
                erased += 1
            except Refused as exc:
                self.message_user(request, f"{account}: {exc.message}", "WARNING")
        self.message_user(request, f"Erased {erased} accounts.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Shop)
class ShopAdmin(Remembered):
    remembers_not = ("scopes", "installed_at", "uninstalled_at", "redacted_at")
    list_display = ("code", "kind", "name", "domain", "currency", "zone", "active")
    list_filter = ("kind", "active")
    search_fields = ("code", "name", "domain")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    # Facts of Shopify's, which only installing and uninstalling change.
    readonly_fields = (
        "id", "account", "created_at", "shopify_id", "scopes", "installed_at", "uninstalled_at", "redacted_at",
    )  # fmt: skip

    def subject_of(self, row: Any) -> str:
        return f"shop {row}"

    def get_readonly_fields(self, request: HttpRequest, obj: Shop | None = None) -> list[str]:
        fields = [str(name) for name in super().get_readonly_fields(request, obj)]
        is_house = obj is not None and obj.kind == Shop.Kind.HOUSE
        # The house shop follows the settings; codes stand in embeds.
        return fields + (["code", "kind"] if obj else []) + (["domain"] if is_house else [])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AccessToken)
class AccessTokenAdmin(Quick):
    list_display = ("id", "account", "shop", "created_at", "expires_at", "revoked_at")
    list_filter = ("shop", "expires_at")
    list_select_related = ("account", "shop")
    search_fields = ("id__exact", "account__id__exact")
    exclude = ("digest",)
    actions = ("revoke", "export_csv")

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.change_accesstoken")

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[AccessToken]) -> None:
        revoked = AccessToken.objects.filter(pk__in=tokens.values("pk")).revoke(at=timezone.now())
        self.message_user(request, f"Revoked {revoked} tokens.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(BetaEntry)
class BetaEntryAdmin(Remembered):
    """Who is let in. The history keeps whose entry came and went without naming them: it outlives the entry."""

    remembers_not = ("note",)
    list_display = ("value", "kind", "note", "created_at")
    list_filter = ("kind",)
    search_fields = ("value", "note")

    def subject_of(self, row: Any) -> str:
        return f"beta entry {row.pk or 'new'}"

    def values_of(self, row: Any) -> dict[str, Any]:
        return {**super().values_of(row), "value": masked(row.kind, row.value)}


def masked(kind: str, value: str) -> str:
    """A network as it is; of an address its first letter and its domain."""
    name, at_sign, domain = value.rpartition("@")
    return f"{name[:1]}…@{domain}" if kind == BetaEntry.Kind.EMAIL and at_sign else value
