from designs.providers.sketch.provider import Sketch
from designs.providers.tests.conformance import ProviderConformance


class TestSketch(ProviderConformance):
    def provider(self) -> Sketch:
        return Sketch()
