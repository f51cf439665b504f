"""Addresses asked of many at once give the answers that each of them would give."""

from itertools import product

from crawler.extraction.links.addresses import Forms, made_alike, may_be_siblings

_NAMES = ("lamp", "lamp-2", "lamp.html", "12.html", "12.shtml", "12/", "lamp/", "index.html", "show.asp?id=1", "?p=2")
_FOLDERS = ("", "quay/", "pier/", "2021/03/", "quay/2021/")
_ADDRESSES = [f"https://ferry.example/{folder}{name}" for folder, name in product(_FOLDERS, _NAMES)]


def test_many_are_alike_or_siblings_where_one_is() -> None:
    for first in range(0, len(_ADDRESSES), 7):
        members = _ADDRESSES[first : first + 7 : 3]
        forms = Forms(members)
        for url in _ADDRESSES:
            assert forms.has_alike(url) == any(made_alike(member, url) for member in members), url
            assert forms.has_sibling(url) == any(may_be_siblings(member, url) for member in members), url


def test_none_is_like_no_address() -> None:
    assert not Forms().has_alike(_ADDRESSES[0])
    assert not Forms().has_sibling(_ADDRESSES[0])
