"""How a doubt begins that there are parts nobody names. Unlike others, it stays when its page is read again."""

from typing import Final

MARKER: Final = "beyond its known ends: "
FILED_ELSEWHERE: Final = "it is filed where no member is"  # begins why such a page was refused
ANOTHER_WORK: Final = "it is of another work"  # begins why such a page beside a member is none: there the series ends
