"""Private files in an S3-compatible bucket. Apart from `storage`, because boto3 costs every process 0.1 s and 20 MB."""

import time
from typing import Any

from botocore.config import Config
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from cardmaker.core.http import note_call

SERVICE = "Files"
BEGAN = "cardmaker_began"


class PrivateS3(S3Storage):  # type: ignore[misc]  # django-storages is not typed
    """A private bucket. boto3's newer default checksums break S3-compatible stores, so they are off."""

    def __init__(self, **options: Any) -> None:
        s3 = {"addressing_style": options.pop("addressing_style", "virtual")}
        options["client_config"] = Config(
            s3=s3,
            signature_version=options.pop("signature_version", "s3v4"),
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
        )
        super().__init__(**options)

    def put_bytes(self, name: str, data: bytes) -> None:
        # Not save(): that would look for a free name, and ours are right even when they are taken.
        self._save(name, ContentFile(data))

    def _create_session(self) -> Any:
        """As the parent's; what it sends is counted for the console."""
        session = super()._create_session()
        session.events.register("before-call.s3", _begins)
        session.events.register("after-call.s3", _answered)
        session.events.register("after-call-error.s3", _unanswered)
        return session


def _begins(context: dict[str, Any], **_: Any) -> None:
    context[BEGAN] = time.monotonic()


def _answered(context: dict[str, Any], event_name: str, http_response: Any, **_: Any) -> None:
    status = int(http_response.status_code)
    note_call(SERVICE, _operation(event_name), str(status), began=context[BEGAN], ok=status < 500 and status != 429)


def _unanswered(context: dict[str, Any], event_name: str, exception: Exception, **_: Any) -> None:
    note_call(SERVICE, _operation(event_name), type(exception).__name__, began=context[BEGAN], ok=False)


def _operation(event_name: str) -> str:
    """`PutObject` of `after-call.s3.PutObject`: names of files do not reach the log."""
    return event_name.rpartition(".")[2]
