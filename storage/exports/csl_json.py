"""CSL-JSON: stories as citation programs and reference managers read them, in one list."""

import json
from typing import BinaryIO, Final

from storage.exports.chosen import Chosen
from storage.exports.fields import FILES, plain_file
from wangqi.citing.items import Bytes, item

_OTHER: Final = "custom"  # where the schema of CSL-JSON puts what it has no variable for


def write(chosen: Chosen, out: BinaryIO) -> int:
    count, before = 0, b"[\n"
    for count, handed in enumerate(chosen.handed(), 1):  # noqa: B007 - the count is the answer
        story = handed.story
        fetched_at, sha256 = handed.fetched_at, handed.payload_sha256
        read_from = Bytes(fetched_at, sha256) if fetched_at and sha256 else None
        one = item(story.id, story, story.url, read_from)
        shown = {_OTHER: {FILES: [plain_file(file) for file in handed.files]}} if handed.files else {}
        out.write(before + json.dumps({**one, **shown}, ensure_ascii=False).encode())
        before = b",\n"
    out.write(b"\n]\n" if count else b"[]\n")
    return count
