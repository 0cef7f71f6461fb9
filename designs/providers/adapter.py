"""What all adapters do alike: prices, refusals before anything is sent, and the end of a call."""

from collections.abc import Sequence

from designs.providers.base import Capabilities, Done, ImageRequest, Output, ProviderRejected, Running, check_request
from designs.providers.offers import Model, Usage

# Whoever collects a call without saying what it asked for gets its pictures without words.
UNTOLD = ImageRequest(prompt="", width_px=1024, height_px=1024)


class Adapter:
    """One outside model, bound to its row. `version` is what the provider calls its interface."""

    version = ""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def name(self) -> str:
        return self.model.provider

    @property
    def capabilities(self) -> Capabilities:
        return self.model.capabilities

    def estimate(self, request: ImageRequest) -> int:
        check_request(request, self.capabilities)
        pictures = len(request.references) + (request.parent is not None)
        if request.task == "draw" and request.parent and not self.capabilities.edits:
            raise ProviderRejected("invalid_request", "This model cannot start from a picture.")
        if self.model.options.get("needs_picture") and not pictures:
            raise ProviderRejected("invalid_request", "This model needs a picture to start from.")
        if pictures > max(1, self.capabilities.references) and not self.capabilities.own_parents:
            raise ProviderRejected("invalid_request", "These are more pictures than this model takes at once.")
        return self.model.estimate(request)

    def done(
        self,
        request: ImageRequest,
        outputs: Sequence[Output | None],
        *,
        request_id: str,
        usage: Usage | None = None,
        refused: Sequence[str] = (),
        version: str = "",
    ) -> Done:
        """The end of a call. None among `outputs` is a picture that came damaged: it is paid, and there is none."""
        kept = tuple(output for output in outputs if output is not None)
        refusals = [*refused, *("no_image" for output in outputs if output is None)]
        missing = request.count - len(kept) - len(refusals)
        sizes = [(output.width_px, output.height_px) for output in kept]
        # Whether a provider charges for what it withheld is not known of all of them: it counts as charged.
        sizes += [(request.width_px, request.height_px)] * (request.count - len(kept))
        return Done(
            outputs=kept,
            units=len(kept),
            actual_micros=self.model.price.actual(sizes, usage, worst=self.model.estimate(request)),
            model=self.model.model_id,
            version=version or self.version,
            request_id=request_id,
            refusals=(*refusals, *(("no_image",) * max(0, missing))),
        )

    def nothing(self, request: ImageRequest, reason: str, *, request_id: str, usage: Usage | None = None) -> Done:
        """A call that was taken on and gave no picture; it counts as charged."""
        return self.done(request, [], request_id=request_id, usage=usage, refused=(reason,) * request.count)


class AnswersAtOnce(Adapter):
    """A model whose calls are done when they are answered."""

    def collect(self, ref: str, request: ImageRequest | None = None) -> Running | Done:
        raise ProviderRejected("invalid_request", "Every call is done when it is answered.")

    def cancel(self, ref: str) -> None:
        """There is nothing to call off."""
