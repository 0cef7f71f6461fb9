"""Reads the settings once for each environment that stands on stdin, and says on stdout what came of it.

Every environment has a process of its own, which has read no settings yet. They are forks of this one: Django and
whatever else the settings import is loaded once, which takes longer than all the rest.
"""

import importlib
import json
import os
import sys
import traceback

import django.core.exceptions  # noqa: F401 - these three are what the settings import
import django_stubs_ext  # noqa: F401
import environ  # noqa: F401


def main() -> None:
    for line in sys.stdin:
        if not os.fork():
            os.environ.clear()
            os.environ.update(json.loads(line))
            print(json.dumps(_read()), flush=True)
            os._exit(0)
        os.wait()


def _read() -> str:
    """The last line of the traceback; empty when all is well."""
    try:
        importlib.import_module("cardmaker.settings")
    except Exception as exc:  # noqa: BLE001 - whichever it is, it is the answer
        return traceback.format_exception_only(exc)[-1].strip()
    return ""


if __name__ == "__main__":
    main()
