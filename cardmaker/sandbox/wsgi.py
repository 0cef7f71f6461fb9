"""The sandbox under gunicorn: `DJANGO_SETTINGS_MODULE=cardmaker.sandbox.settings gunicorn cardmaker.sandbox.wsgi`.

One process with many threads. The clock and the outbox start with it, so everything goes on after a restart.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.sandbox.settings")
application = get_wsgi_application()

from cardmaker.sandbox import background  # noqa: E402 - needs the app registry

background.start()
