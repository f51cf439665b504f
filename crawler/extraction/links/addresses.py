"""What addresses say: whether two are made alike, as those of two stories are, and which are lists."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

_SHELF = re.compile(r"/(?:categor(?:y|ies)|tags?)/[^/]+/?(?:page/\d+/?)?$", re.IGNORECASE)
_SERIES = re.compile(r"/(?:series|serials?|zhuanlan|zhuanti|collections?|albums?|heji)/[^/]+/?$", re.IGNORECASE)
_INDEX = re.compile(r"(?<=/)index\.\w{3,5}$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)


def is_shelf(url: str) -> bool:
    """Whether the address is that of a category or a tag, which is a list whatever stands on it."""
    return _SHELF.search(url.partition("://")[2].partition("?")[0]) is not None


def may_be_series(url: str) -> bool:
    """Whether the address is as that of a series' own page: its stories lie there only where their names do so, too."""
    return _SERIES.search(url.partition("://")[2].partition("?")[0]) is not None


def made_alike(url: str, target: str) -> bool:
    """Whether both begin in the same folder, if a word names it, and end in the same kind of name.

    A file or a folder, with the same ending, of digits or of letters, with the same keys in its query; there the
    file is a program, and another one makes other pages.
    """
    return _form(url) == _form(target)


def may_be_siblings(url: str, target: str) -> bool:
    """The looser question: no file beside a folder, no other ending, no two folders that words tell apart."""
    (ours, *own), (theirs, *their) = _form(url), _form(target)
    return own[:2] == their[:2] and (not ours or not theirs or ours == theirs)


class Forms:
    """How some addresses are made, so that another is asked of all of them at once."""

    def __init__(self, urls: Iterable[str] = ()) -> None:
        self._forms: set[tuple[object, ...]] = set()
        self._folders: defaultdict[tuple[object, ...], set[object]] = defaultdict(set)
        for url in urls:
            self.add(url)

    def add(self, url: str) -> None:
        form = _form(url)
        self._forms.add(form)
        self._folders[form[1:3]].add(form[0])

    def has_alike(self, url: str) -> bool:
        """Whether one of them and this are `made_alike`."""
        return _form(url) in self._forms

    def has_sibling(self, url: str) -> bool:
        """Whether one of them and this `may_be_siblings`."""
        folder, *kind = _form(url)
        folders = self._folders.get(tuple(kind[:2]), ())
        return bool(folders) and (not folder or "" in folders or folder in folders)


@lru_cache(maxsize=32_768)  # cached: several finders compare each of a page's links, of which there may be 16,000
def _form(url: str) -> tuple[object, ...]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url, "", False, "", ""
    path = _INDEX.sub("", parts.path)
    tail = path.rstrip("/").rpartition("/")[2]
    extension = _EXTENSION.search(tail)
    name = tail[: extension.start()] if extension else tail
    first = path.split("/")[1:-1][:1]
    folder = "".join(first) if "".join(first).isalpha() else ""
    keys = frozenset(key for key, _ in parse_qsl(parts.query))
    numbered = any(char.isdigit() for char in name)
    program = name if keys and not numbered else ""
    return folder, path.endswith("/"), extension[0].lower() if extension else "", numbered, program, keys
