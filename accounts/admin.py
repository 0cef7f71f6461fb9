"""People, accounts, shops and the private beta in the console. What is history cannot be deleted here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import lifecycle
from accounts.models import AccessToken, Account, BetaEntry, Shop, User
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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # erasing an account deletes its user; staff are made inactive


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin[Account]):
    list_display = ("id", "kind", "user", "zone", "merged_into", "created_at", "erased_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("user", "merged_into")
    search_fields = ("id__exact", "user__email")
    readonly_fields = ("id", "kind", "user", "merged_into", "created_at", "erased_at")
    actions = ("erase",)

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
class ShopAdmin(admin.ModelAdmin[Shop]):
    list_display = ("code", "kind", "name", "domain", "currency", "zone", "active")
    list_filter = ("kind", "active")
    search_fields = ("code", "name", "domain")
    exclude = ("access_token",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ("id", "account", "created_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Shop | None = None) -> list[str]:
        fields = [str(name) for name in super().get_readonly_fields(request, obj)]
        is_house = obj is not None and obj.kind == Shop.Kind.HOUSE
        # The house shop follows the settings; codes stand in embeds.
        return fields + (["code", "kind"] if obj else []) + (["domain"] if is_house else [])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AccessToken)
class AccessTokenAdmin(admin.ModelAdmin[AccessToken]):
    list_display = ("id", "account", "shop", "created_at", "expires_at", "revoked_at")
    list_filter = ("shop", "expires_at")
    list_select_related = ("account", "shop")
    search_fields = ("id__exact", "account__id__exact")
    exclude = ("digest",)
    actions = ("revoke",)

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
class BetaEntryAdmin(admin.ModelAdmin[BetaEntry]):
    list_display = ("value", "kind", "note", "created_at")
    list_filter = ("kind",)
    search_fields = ("value", "note")
