"""PURE: the record of what was stored, in one spelling that anybody can make again, and its digest."""

import hashlib
import json
from collections.abc import Mapping


def record_of(facts: Mapping[str, object]) -> str:
    """JSON with sorted names and no blanks; bytes in hexadecimal; what is not known is left out.

    So that a column which a later release adds changes no record in which it is empty.

    >>> record_of({"title": "渡口", "author": None, "text": b"ab"})
    '{"text":"6162","title":"渡口"}'
    """
    known = {name: value.hex() if isinstance(value, bytes) else value for name, value in facts.items()}
    known = {name: value for name, value in known.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal_of(record: str) -> bytes:
    """Its SHA-256."""
    return hashlib.sha256(record.encode("utf-8", "surrogatepass")).digest()
