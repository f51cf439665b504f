"""Log records without what a terminal would obey: a line of a robots.txt may be quoted in one."""

import logging
from typing import Final

from views.cells import safe_lines

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
