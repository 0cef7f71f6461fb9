#!/usr/bin/env python
"""Django's command line for Cardmaker."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")
    from django.apps import apps
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    finally:
        if apps.ready and apps.is_installed("cardmaker.core"):  # not where the settings are wrong, or the sandbox's
            from cardmaker.core import outside

            outside.write_rest()
