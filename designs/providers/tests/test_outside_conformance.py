"""The one set of tests that every provider passes, run by the five outside ones against their stand-ins over HTTP."""

import pytest

from designs.providers.tests.conformance import ProviderConformance
from designs.providers.tests.outside import NAMES, provider

pytestmark = pytest.mark.sandbox


class TestOutside(ProviderConformance):
    @pytest.fixture(autouse=True, params=NAMES)
    def _at_its_stand_in(self, request, sandbox, settings):
        self.asked = provider(sandbox, settings, request.param)

    def provider(self):
        return self.asked
