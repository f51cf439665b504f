"""Which page of a long list is asked for."""

from starlette.exceptions import HTTPException
from starlette.requests import Request


def page_number(request: Request, pages: int) -> int:
    """From 1 on; there is no page beyond the last."""
    asked = request.query_params.get("page", "1")
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 9 or not 1 <= int(asked) <= pages:
        raise HTTPException(404)
    return int(asked)
