"""Log records without what a terminal would obey: a line of a robots.txt may be quoted in one."""

import json
import logging
from contextvars import copy_context
from datetime import UTC, datetime
from typing import Final

from crawler.cli.telling.language import speak_as_wished
from views.cells import safe_lines
from views.language.told import told_lines

_OURS: Final = frozenset({"wangqi", "storage", "pipelines", "crawler", "web"})
_LONGEST: Final = 2_000  # characters; an answer that is none is quoted whole in the error of who cannot read it


class SafeRecord(logging.LogRecord):
    """A record whose message has every control character as its number, and no more of a page than its beginning.

    So has the traceback that a formatter keeps with it: the last line of one may quote a page as well.
    """

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, safe_lines(value) if name == "exc_text" and isinstance(value, str) else value)

    def getMessage(self) -> str:  # noqa: N802 - logging's name
        whole = super().getMessage()
        left = len(whole) - _LONGEST
        return safe_lines(whole[:_LONGEST]) + (f" … ({left:,} characters more)" if left > 0 else "")


class ToldRecord(SafeRecord):
    """The same, with what is ours in the language of the commands: people read it."""

    def getMessage(self) -> str:  # noqa: N802 - logging's name
        message = super().getMessage()
        is_ours = self.name.partition(".")[0] in _OURS
        return copy_context().run(_as_wished, message) if is_ours else message  # a page may be in another language


class JsonRecord(SafeRecord):
    """A safe record as a line of JSON, whatever it quotes: its attribute `json`, for LOG_FORMAT, has the traceback."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "message":  # a formatter sets it, before it adds the traceback below the line
            super().__setattr__("json", self._in_json(str(value)))
            self.__dict__.update(exc_info=None, exc_text=None, stack_info=None)

    def _in_json(self, message: str) -> str:
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(self.created, UTC).isoformat(timespec="milliseconds"),
            "level": self.levelname,
            "logger": self.name,
            "process": self.process,
            "message": message,
        }
        if spider := getattr(self, "spider", None):
            said["series"] = getattr(spider, "name", str(spider))
        if self.exc_info:
            said["traceback"] = safe_lines(logging.Formatter().formatException(self.exc_info))
        return json.dumps(said, ensure_ascii=False)


def _as_wished(message: str) -> str:
    speak_as_wished()
    return told_lines(message)
