"""PURE: whether a leaf of SQLite's full-text index is built as FTS5 builds it (`fts5_index.c`, "SEGMENT LEAF FORMAT").

Some bytes of a leaf only shorten the way of a search: where its terms begin, where its first row begins. Reading it
from end to end does not come upon them, so they are held beside what stands on the page.
"""

from typing import Final

_FIRST: Final = 4  # offsets of the first row and of the terms' places, two bytes each
_PAGE_BITS, _LEVEL_BITS = 31, 5


def is_leaf(page_id: int) -> bool:
    """Whether the id of a row of `story_fts_data` is that of a leaf; others are sums, and ways to leaves."""
    return page_id >> (_PAGE_BITS + _LEVEL_BITS + 1) > 0 and not page_id >> _PAGE_BITS & (1 << _LEVEL_BITS + 1) - 1


def is_well_built(page: bytes) -> bool:
    """Whether the terms stand where its end says that they do, and the rows of each fill all that lies between."""
    try:
        return _is_well_built(page)
    except IndexError:
        return False


def _is_well_built(page: bytes) -> bool:
    first_row, content = int.from_bytes(page[:2]), int.from_bytes(page[2:_FIRST])
    if not _FIRST <= content <= len(page):
        return False
    places, at, place = [], content, 0
    while at < len(page):
        step, at = _number(page, at)
        place += step
        places.append(place)
    if at != len(page) or places != sorted(set(places)) or not all(_FIRST <= each < content for each in places):
        return False
    begins = places[0] if places else content
    if begins == _FIRST and first_row:
        return False
    if first_row and (not _FIRST <= first_row < begins or _behind_rows(page, first_row, begins) < begins):
        return False
    for number, each in enumerate(places, 1):
        following = places[number] if number < len(places) else content
        end = _behind_rows(page, _behind_term(page, each, is_first=number == 1), following)
        if end < following or following not in {end, content}:
            return False
    return True


def _behind_term(page: bytes, at: int, *, is_first: bool) -> int:
    """The first term of a page is written whole, a later one without what it shares with the one before."""
    if not is_first:
        _, at = _number(page, at)
    length, at = _number(page, at)
    return at + length


def _behind_rows(page: bytes, at: int, end: int) -> int:
    """Where the last row ends that begins before `end`; its places may go on on the next page."""
    while at < end:
        _, at = _number(page, at)
        if at >= end:
            break
        size, at = _number(page, at)
        at += size >> 1
    return at


def _number(page: bytes, at: int) -> tuple[int, int]:
    """A number as SQLite writes it, seven bits a byte and eight in the ninth; and where it ends."""
    number = 0
    for step in range(9):
        byte = page[at + step]
        if step == 8:
            return number << 8 | byte, at + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + step + 1
    raise AssertionError("unreachable")
