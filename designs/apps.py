from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "designs"
    label = "designs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cardmaker.core.jobs import register
        from designs import lifecycle
        from designs.making import announcing, generation, images
        from designs.products import comparing, exporting
        from designs.proofs import proofing
        from designs.screening import pictures, rawinputs
        from designs.studio import sample_files
        from designs.uploading import photos, uploads

        register(generation.EXECUTE, generation.execute, lane="slow", timeout_s=200, on_stuck=generation.abandon)
        register(generation.WAKE_RUNS, generation.wake_runs, every_s=60)
        register(proofing.RENDER, proofing.render_proof, lane="slow", timeout_s=110, on_stuck=proofing.abandon)
        register(lifecycle.CLEAR, lifecycle.clear_design, lane="slow", timeout_s=60)
        register(rawinputs.FORGET, rawinputs.forget_old, every_s=6 * 3_600)
        register(pictures.LOOK, pictures.screen_older, lane="slow", timeout_s=60, every_s=600)
        register(pictures.APPLY, pictures.apply_ban, lane="slow", timeout_s=60)
        register(images.LOOK, images.look_at_older, lane="slow", timeout_s=60, every_s=600)
        register(sample_files.DRAW, sample_files.draw_samples, lane="slow", timeout_s=60)
        register(lifecycle.CLEAR_PHOTOS, lifecycle.clear_photos, lane="slow", timeout_s=60)
        register(exporting.MAKE, exporting.make, lane="slow", timeout_s=90, on_stuck=exporting.give_up)
        register(exporting.CLEAR, exporting.clear_old, lane="slow", timeout_s=60, every_s=3_600)
        register(comparing.FORGET, comparing.forget_events, lane="slow", timeout_s=60, every_s=6 * 3_600)
        register(photos.LOOK_AGAIN, photos.look_again, lane="slow", timeout_s=60)
        register(photos.FORGET, photos.forget_unused, lane="slow", timeout_s=60, every_s=86_400)
        register(uploads.FINISH, uploads.finish, lane="slow", timeout_s=60)
        register(uploads.SWEEP, uploads.sweep, lane="slow", timeout_s=60, every_s=3_600)
        register(announcing.MAIL_STARTED, announcing.mail_started)
        register(announcing.MAIL_ENDED, announcing.mail_ended)
        register(announcing.MAIL_DELAYED, announcing.mail_delayed)
        announcing.register_mails()
        self._providers()
        self._console()

    def _console(self) -> None:
        from cardmaker.core import console
        from designs.console import panels
        from designs.products import console as pictures

        console.register_needs(panels.calls_to_clear_up, order=30, permission="designs.view_call")
        console.register_needs(panels.flags_to_judge, order=20, permission="designs.view_flag")
        console.register_figures(panels.making, order=20, permission="designs.view_run")
        console.register_page(
            "product-pictures/", pictures.page, name="product-figures", permission="designs.view_productbrief"
        )
        console.register_page(
            "product-pictures/vote/", pictures.ballot, name="product-ballot", permission="designs.add_picturevote"
        )

    def _providers(self) -> None:
        from cardmaker.core import console, inbox
        from cardmaker.core.jobs import register
        from designs.console import provider_panel
        from designs.making import calling_back, retiring

        register(calling_back.HANDLE, calling_back.handle_callback, on_stuck=inbox.bury)
        register(calling_back.ASK, calling_back.ask_provider, lane="slow", timeout_s=200)
        register(calling_back.AGAIN, calling_back.ask_of_unknown, lane="slow", timeout_s=60, every_s=900)
        register(retiring.WATCH, retiring.watch_models, every_s=86_400)
        console.register(
            "admin/panels/providers.html", provider_panel.providers, order=40, permission="designs.view_providermodel"
        )
