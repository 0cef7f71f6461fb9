from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib import admin

        from accounts import announcing, forgetting, lifecycle, schema, signals  # noqa: F401 - signals connects user_logged_in, schema documents
        from accounts.staff_login import StaffForm
        from cardmaker.core.jobs import register

        admin.site.login_form = StaffForm
        register(forgetting.FORGET, forgetting.forget, every_s=3600)
        register(lifecycle.MERGE_AGAIN, lifecycle.merge_again)
        register(announcing.MAIL_WELCOME, announcing.mail_welcome)
        announcing.register_mails()
