from django.apps import AppConfig


class ProbeConfig(AppConfig):
    name = "cardmaker.core.tests.probe"
    label = "probe"

    def ready(self) -> None:
        from cardmaker.core.tests.probe.kinds import register_all

        register_all()
