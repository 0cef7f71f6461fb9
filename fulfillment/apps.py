from django.apps import AppConfig


class FulfillmentConfig(AppConfig):
    name = "fulfillment"
    label = "fulfillment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cardmaker.core import console
        from fulfillment import figures, panels, tasks
        from fulfillment.care import feedback, mail_samples, support
        from fulfillment.merchants import compliance, permissions, shop_tasks
        from fulfillment.sales import losses

        tasks.register()
        shop_tasks.register()
        mail_samples.register_mails()
        console.register_needs(feedback.needs, order=30, permission="fulfillment.view_feedback")
        console.register_needs(compliance.needs, order=35, permission="fulfillment.view_privacyrequest")
        console.register("admin/panels/orders.html", panels.orders, order=10, permission="fulfillment.view_order")
        console.register(
            "admin/panels/shops.html", permissions.lacking, order=12, permission="accounts.view_shop", reckoned=True
        )
        console.register("admin/panels/losses.html", losses.panel, order=15, permission="fulfillment.view_order")
        console.register_needs(panels.needs, order=10, permission="fulfillment.view_order")
        console.register_figures(figures.shipping, order=30, permission="fulfillment.view_shipment")
        console.register_figures(figures.rating, order=40, permission="fulfillment.view_rating")
        console.register_figures(figures.money, order=50, permission="billing.view_ledgerentry")
        console.register_page("support/", support.page, name="support", permission="fulfillment.view_order")
