"""The collector of cycles while a program begins: what is loaded stays, and need not be gone through again and again.

A command loads a thousand modules, which hold no cycle that could go; looking for some took a fifth of its beginning.
"""

import gc
from typing import Final

_SELDOM: Final = 50_000  # things made, where Python looks after 700; so much that is in vain is held at most
_USUAL: Final = gc.get_threshold()


def begin_loading() -> None:
    gc.freeze()
    gc.set_threshold(_SELDOM)


def end_loading() -> None:
    """From here on cycles are looked for as ever, among what comes now."""
    gc.freeze()
    gc.set_threshold(*_USUAL)
