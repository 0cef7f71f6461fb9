from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "designs"
    label = "designs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cardmaker.core.jobs import register
        from designs import announcing, generation, images, lifecycle, photos, proofing, sample_files, uploads

        register(generation.EXECUTE, generation.execute, lane="slow", timeout_s=90, on_stuck=generation.abandon)
        register(generation.WAKE_RUNS, generation.wake_runs, every_s=60)
        register(proofing.RENDER, proofing.render_proof, lane="slow", timeout_s=110, on_stuck=proofing.abandon)
        register(lifecycle.CLEAR, lifecycle.clear_design, lane="slow", timeout_s=60)
        register(images.LOOK, images.look_at_older, lane="slow", timeout_s=60, every_s=600)
        register(sample_files.DRAW, sample_files.draw_samples, lane="slow", timeout_s=60)
        register(lifecycle.CLEAR_PHOTOS, lifecycle.clear_photos, lane="slow", timeout_s=60)
        register(photos.LOOK_AGAIN, photos.look_again, lane="slow", timeout_s=60)
        register(photos.FORGET, photos.forget_unused, lane="slow", timeout_s=60, every_s=86_400)
        register(uploads.FINISH, uploads.finish, lane="slow", timeout_s=60)
        register(uploads.SWEEP, uploads.sweep, lane="slow", timeout_s=60, every_s=3_600)
        register(announcing.MAIL_STARTED, announcing.mail_started)
        register(announcing.MAIL_ENDED, announcing.mail_ended)
        register(announcing.MAIL_DELAYED, announcing.mail_delayed)
        announcing.register_mails()
