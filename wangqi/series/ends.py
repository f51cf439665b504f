"""How a doubt begins that there are parts nobody names. Unlike others, it stays when its page is read again."""

from typing import Final

MARKER: Final = "beyond its known ends: "
