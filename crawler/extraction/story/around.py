"""The table, list or row around a line, each looked up once: a page of 1 MB has 50,000 lines in one of them."""

from lxml.html import HtmlElement

_LISTS = frozenset(("ul", "ol", "dl"))
_CELL = 120  # a table with longer cells lays out a page
_WIDE = 0.6  # of the rows that must have two columns


class Around:
    """Remembers for every element the nearest table, list and row around it, itself included."""

    def __init__(self) -> None:
        self._tables: dict[HtmlElement, HtmlElement | None] = {}
        self._lists: dict[HtmlElement, HtmlElement | None] = {}
        self._rows: dict[HtmlElement, HtmlElement | None] = {}
        self._data: dict[HtmlElement, bool] = {}

    def table(self, node: HtmlElement | None) -> HtmlElement | None:
        return _nearest(node, frozenset(("table",)), self._tables)

    def list(self, node: HtmlElement | None) -> HtmlElement | None:
        return _nearest(node, _LISTS, self._lists)

    def row(self, node: HtmlElement | None) -> HtmlElement | None:
        return _nearest(node, frozenset(("tr",)), self._rows)

    def is_data(self, table: HtmlElement) -> bool:
        """Two rows and two columns at least, small cells, no table inside."""
        if table not in self._data:
            self._data[table] = _is_data(table)
        return self._data[table]


def _nearest(
    node: HtmlElement | None, tags: frozenset[str], known: dict[HtmlElement, HtmlElement | None]
) -> HtmlElement | None:
    passed: list[HtmlElement] = []
    while node is not None and node not in known and node.tag not in tags:
        passed.append(node)
        node = node.getparent()
    found = known.get(node, node) if node is not None else None
    known.update(dict.fromkeys(passed, found))
    return found


def _is_data(table: HtmlElement) -> bool:
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iter("tr"))
    if len(rows) < 2:
        return False
    wide = sum(1 for row in rows if sum(1 for _ in row.iterchildren("td", "th")) >= 2)
    if wide < _WIDE * len(rows):
        return False
    return all(len("".join(cell.itertext())) <= _CELL for cell in table.iter("td", "th"))
