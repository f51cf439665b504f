"""What the fields of an address ask for."""

from starlette.exceptions import HTTPException
from starlette.requests import Request


def asked_words(request: Request, name: str, longest: int = 2_000) -> str:
    """What a field of the address holds; what is longer than any address or title is no question."""
    words = request.query_params.get(name, "").strip()
    if len(words) > longest:
        raise HTTPException(400)
    return words


def page_number(request: Request, pages: int) -> int:
    """From 1 on; there is no page beyond the last."""
    asked = request.query_params.get("page", "1")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 9 or not 1 <= int(asked) <= pages:
        raise HTTPException(404)
    return int(asked)
