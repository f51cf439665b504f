"""Lists nearly all of whose rows are members: what the rest of them may be. Pure."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from crawler.extraction.links.addresses import Forms
from crawler.extraction.model import Extraction
from crawler.scope.lists.bounds import Bounds
from wangqi.series.part_addresses import readings_of
from wangqi.urls import canonical_or_none

_FEWEST: Final = 4  # members of one list
_EACH: Final = 4  # members for each row that is none
_MOST_LISTS: Final = 300
_MOST_ROWS: Final = 2_000
_LISTS: Final = "lists with members and others in one folder"
_ROWS: Final = "rows of one list"


class _List(NamedTuple):
    """A list: its address, and its rows with their titles by the folders that they lie in, from top to bottom.

    `runs` says for each row in which unbroken run of rows of one folder it stands.
    """

    url: str
    rows: dict[str, dict[str, str]]
    runs: dict[str, int]


class Rest:
    """Keeps lists, and says at the end which rows of them nobody has taken although nearly all beside them are members.

    Args:
        bounds: Hears of lists beyond those that are kept.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._lists: dict[str, _List] = {}

    def hear(self, page: Extraction, url: str, members: Iterable[str]) -> None:
        """A page that is no story was read, a list perhaps; `members` of today, by which old lists are sorted out."""
        folders: dict[str, dict[str, str]] = {}
        runs: dict[str, int] = {}
        last = ""
        for row in self._bounds.within(page.rows, _MOST_ROWS, _ROWS):
            if (target := canonical_or_none(row.url.partition("#")[0])) and target != url:
                folder = folder_of(target)
                folders.setdefault(folder, {}).setdefault(target, row.titles[0])
                runs.setdefault(target, len(runs) if folder != last else next(reversed(runs.values())))
                last = folder
        folders = {folder: rows for folder, rows in folders.items() if len(rows) > _FEWEST}
        if not folders:
            return
        if len(self._lists) >= _MOST_LISTS:
            held = {*members}
            self._lists = {one.url: one for one in self._lists.values() if any(_mixed(one, held))}
        if url in self._lists or len(self._lists) < _MOST_LISTS:
            self._lists[url] = _List(url, folders, runs)
        else:
            self._bounds.leave(_LISTS, _MOST_LISTS)

    def doubts(self, members: Iterable[str], is_settled: Callable[[str, str], bool]) -> Iterator[str]:
        """A sentence for each list; `is_settled` says of an address and its title that nobody has to go there."""
        held = {*members}
        forms = Forms(held)
        stems = {next(readings_of(url)).stem for url in held}
        told: set[str] = set()
        for one in self._lists.values():
            for rows in _mixed(one, held):
                left = {
                    url: title
                    for url, title in _among(rows, held, one.runs).items()
                    if forms.has_alike(url) and not is_settled(url, title)
                }
                left = {url: title for url, title in left.items() if not _is_part(url, stems)}
                if not left.keys() <= told and len(left) * _EACH <= len(rows.keys() & held):
                    told |= left.keys()
                    first = next(iter(left))
                    yield (
                        f"a list has {len(rows.keys() & held)} members and {len(left)} rows beside them that were not"
                        f" taken, “{left[first] or first}” first ({one.url})"
                    )


def folder_of(url: str) -> str:
    """Where a page lies: the folder of its file, or the one in which its own folder lies.

    >>> folder_of("https://a.example/lu/05/index.htm"), folder_of("https://a.example/lu/05.htm")
    ('https://a.example/lu', 'https://a.example/lu')
    """
    path = url.partition("?")[0]
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[0] if not name or name.lower().startswith(("index.", "default.")) else folder


def _mixed(one: _List, held: set[str]) -> Iterator[dict[str, str]]:
    """The rows of each folder that has enough members and others, too."""
    for rows in one.rows.values():
        if _FEWEST <= len(rows.keys() & held) < len(rows):
            yield rows


def _among(rows: dict[str, str], held: set[str], runs: dict[str, int]) -> dict[str, str]:
    """The rows that are no members, from the first member to the last, or next to one: no menu beside the list."""
    order = list(rows)
    places = [at for at, url in enumerate(order) if url in held]
    near = {runs[order[at]] for at in places}
    first, last = places[0], places[-1]
    return {
        url: rows[url] for at, url in enumerate(order) if url not in held and (first < at < last or runs[url] in near)
    }


def _is_part(url: str, stems: set[str]) -> bool:
    """Whether it is a further page of a member: 88107_2.html beside 88107.html."""
    return any(part.stem in stems for part in readings_of(url) if part.number)
