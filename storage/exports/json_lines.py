"""JSON Lines: one story a line, UTF-8."""

import json
from collections.abc import Iterable
from typing import Final, TextIO

from storage.exports.fields import plain
from storage.rows import StoryRow

ENCODING: Final = "utf-8"


def write(stories: Iterable[StoryRow], file: TextIO) -> int:
    number = 0
    for number, story in enumerate(stories, 1):  # noqa: B007 - the count is the answer
        file.write(json.dumps(plain(story), ensure_ascii=False) + "\n")
    return number
