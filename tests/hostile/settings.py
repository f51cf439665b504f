"""The project's settings with an extension that watches the reactor (SCRAPY_SETTINGS_MODULE)."""

from crawler.settings import *  # noqa: F403 - all of them
from crawler.settings import EXTENSIONS
from tests.hostile.heartbeat import Heartbeat

EXTENSIONS |= {Heartbeat: 0}
