"""Log records without what a terminal would obey: a line of a robots.txt may be quoted in one."""

import logging

from views.cells import safe_lines


class SafeRecord(logging.LogRecord):
    """A record whose message has every control character as its number."""

    def getMessage(self) -> str:  # noqa: N802 - logging's name
        return safe_lines(super().getMessage())
