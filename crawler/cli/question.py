"""How the commands take a question to the archive (docs/searching.md)."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from views.cells import readers_zone

if TYPE_CHECKING:
    from wangqi.search.query import Query


def add_query_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--query", metavar="QUERY", help="only those that answer it, as `search` understands it")


def question(words: str | Sequence[str] | None) -> "Query | None":
    """What was typed, as one question; None of nothing.

    Raises:
        UsageError: It cannot be read.
    """
    if words is None:
        return None
    from wangqi.search.parsing import QueryError, parse  # noqa: PLC0415 - without a question there is nothing to read

    try:
        return parse(words if isinstance(words, str) else " ".join(words), readers_zone())
    except QueryError as error:
        raise UsageError(str(error), print_help=False) from error
