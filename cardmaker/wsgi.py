"""The web process: `gunicorn cardmaker.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")

application = get_wsgi_application()

from cardmaker.core import outside  # noqa: E402 - its rows can be imported only now

outside.keep_writing()  # each gunicorn worker imports this module by itself, after it was forked
