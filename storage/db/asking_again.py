"""What only reads, or may be done twice, is done again where the server has ended its session in the middle."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

_PAUSES: Final = (0.1, 0.5, 2.0)  # seconds before another try


def again_when_cut_off(work: Callable[[], T]) -> T:
    """Of a server that cannot be reached at all it is no help: that is told at once."""
    for pause in _PAUSES:
        try:
            return work()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        time.sleep(pause)
    return work()
