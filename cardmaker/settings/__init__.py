"""All configuration, a file a theme. Only this folder reads the environment.

A fresh checkout runs on SQLite and the sandbox. `CARDMAKER_ENV=production` turns every convenience off and
refuses to start half configured.
"""

from cardmaker.settings.api import *  # noqa: F403
from cardmaker.settings.environment import *  # noqa: F403
from cardmaker.settings.files import *  # noqa: F403
from cardmaker.settings.framework import *  # noqa: F403
from cardmaker.settings.news import *  # noqa: F403
from cardmaker.settings.people import *  # noqa: F403
from cardmaker.settings.pictures import *  # noqa: F403
from cardmaker.settings.trade import *  # noqa: F403
from cardmaker.settings.web import *  # noqa: F403
from cardmaker.settings.workers import *  # noqa: F403
