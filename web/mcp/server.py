"""The archive for programs that work with language models: five questions, none of which changes anything (MCP)."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from storage.db.errors import ArchiveError
from web.answer import Found, Page, plain
from web.config import Config
from web.ledgers import NotReady
from web.mcp.foreign import NOTICE, with_strangers_marked
from web.pages import compare, search, series, why
from web.pages.story import reading
from web.room import Room

_WINDOW: Final = 20_000  # characters of a text that one answer holds
_MOST: Final = 2**63 - 1
_ABOUT: Final = (
    "Wangqi (往期) archives series of articles: the stories of a series, which of them are missing and why, the copies"
    " of a story on other sites and what speaks against each. It is read here and never changed. "
) + NOTICE
_REFUSED: Final = {
    400: "the question cannot be read",
    404: "the archive has no such thing",
    413: "both texts together are too long to be compared",
}
Number = Annotated[int, Field(ge=0, le=_MOST)]
Words = Annotated[str, Field(max_length=2_000)]
PageNumber = Annotated[int, Field(ge=1, le=100_000)]


def server(config: Config, version: str) -> tuple[MCPServer, Callable[[], None]]:
    """A server that is ready to run, and what lets go of the archive behind it."""
    desk = Desk(Room.of(config))
    made = MCPServer("wangqi", title="往期", instructions=_ABOUT, version=version, log_level="ERROR")
    for tool in (desk.search, desk.story, desk.series, desk.diff, desk.why):
        # Text alone: the same once more as a structure would double what a model reads.
        made.add_tool(
            tool,
            annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
            structured_output=False,
        )
    return made, desk.room.close


class Desk:
    """Answers as the pages of the room do. What a page is asked by its address is asked by arguments here."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def search(
        self,
        question: Annotated[str, Field(min_length=1, max_length=500)],
        newest: bool = False,  # noqa: FBT001, FBT002 - arguments come by name
        page: Annotated[int, Field(ge=1, le=50)] = 1,
    ) -> str:
        """Find stories by their words, twenty a page, the best answers first (or the newest).

        Chinese is found anywhere in a text. "phrases", OR, -not, (brackets), title:, series:, author:, source:,
        after:2021, before:2022-05, is:copy, is:tampered.
        """
        order = {"order": "newest"} if newest else {}
        return self._answer(search.page, {"q": question, "page": page, **order})

    def story(self, number: Number, start: Annotated[int, Field(ge=0, le=_MOST)] = 0) -> str:
        """Read a story by its number: its text (from the character `start` on, 20,000 at most), its facts, the stories
        before and behind it, its copies and what speaks against them, its revisions.
        """
        found = self._found(reading.page, {}, story=number)
        whole = found["story"]
        left_out = ("blocks", "origins", "details")  # the text once more, and where each fact was read
        shown = {name: one for name, one in found.items() if name not in left_out}
        text = whole["text"]
        shown["story"] = {**whole, "text": text[start : start + _WINDOW]}
        return with_strangers_marked({"characters": len(text), "start": start, **shown})

    def series(
        self,
        number: Number | None = None,
        show: Literal["all", "held", "open"] = "all",
        page: PageNumber = 1,
    ) -> str:
        """The ledger of a series by its number: every story that is known of, in order, held or missing and why,
        forty a page (`open`: those that are not held); its gaps, conflicts and doubts. Without a number: all series.
        """
        if number is None:
            rows = self._asked(self.room.rows)
            names = ("id", "title", "publisher", "stories", "pages")
            return with_strangers_marked({"series": [{name: getattr(row, name) for name in names} for row in rows]})
        return self._answer(series.page, {"show": show, "page": page}, series=number)

    def diff(self, first: Words, second: Words) -> str:
        """Compare two texts word by word: other numbers and names first, then what was put in, swapped, lost or new.

        A text is named by its story's number (12), its revision's (r34), or the address of its page.
        """
        found = self._found(compare.page, {"first": first, "second": second})
        for one in ("first", "second"):
            if isinstance(found.get(one), dict):
                found[one] = {name: value for name, value in found[one].items() if name != "text"}
        return with_strangers_marked(found)

    def why(self, of: Annotated[str, Field(min_length=1, max_length=2_000)]) -> str:
        """How a page came to be what it is, by its address or its title: how it was found, what each visit ended in and
        why, which texts it had, when it is read again. Titles that are like it, where none is called so.
        """
        return self._answer(why.page, {"of": of})

    def _answer(self, ask: Callable[[Room, Request], Found], query: Mapping[str, object], **path: object) -> str:
        return with_strangers_marked(self._found(ask, query, **path))

    def _found(
        self, ask: Callable[[Room, Request], Found], query: Mapping[str, object], **path: object
    ) -> dict[str, Any]:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/asked.json",
            "headers": [],
            "query_string": urlencode(query).encode(),
            "path_params": path,
        }
        page = self._asked(lambda: ask(self.room, Request(scope)))
        if not isinstance(page, Page):  # it was joined to another, or merged away: ask for that one
            return self._found(ask, query, **dict.fromkeys(path, _number_in(page.headers["location"])))
        if problem := page.found.get("error") or page.shown.get("error"):
            raise ToolError(str(problem))
        return dict(plain(page.found))

    @staticmethod
    def _asked(ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is asked for
        try:
            return ask()
        except HTTPException as error:
            raise ToolError(_REFUSED.get(error.status_code, "this cannot be answered")) from error
        except NotReady as error:
            raise ToolError("the series is large, and is being worked out: ask again in a minute") from error
        except ArchiveError as error:
            raise ToolError(str(error)) from error


def _number_in(path: str) -> int:
    """Of the address of a series or a story."""
    return int(path.split("/")[2].removesuffix(".json"))
