from django.apps import AppConfig


class FulfillmentConfig(AppConfig):
    name = "fulfillment"
    label = "fulfillment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cardmaker.core import console
        from fulfillment import losses, mail_samples, panels, tasks

        tasks.register()
        mail_samples.register_mails()
        console.register("admin/panels/orders.html", panels.orders, order=10, permission="fulfillment.view_order")
        console.register("admin/panels/losses.html", losses.panel, order=15, permission="fulfillment.view_order")
