"""A new entry: what the file held stays, and what is added means what was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.catalogue.entries import addition, entry_lines, name_for
from crawler.catalogue.file import CatalogueError, is_name, parse_catalogue

OLD = '# mine\n[b]  # the second\nstart = "https://b.example/"\n\n[a]\nstart = "https://a.example/" # first'
START = {"start": "https://c.example/", "schedule": "auto"}


@pytest.mark.parametrize(
    "raw", [b"", OLD.encode(), f"{OLD}\n".encode(), OLD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + OLD.encode()]
)
def test_an_entry_is_put_behind_all_others(raw: bytes) -> None:
    whole = raw + addition(raw, entry_lines("水乡", START), "series.toml")
    specs = parse_catalogue(whole)
    assert list(specs) == [*parse_catalogue(raw), "水乡"]
    assert specs["水乡"].schedule == "auto"
    assert (b"\r\n" in whole) == (b"\r\n" in raw)
    assert whole.count(b"\n") == whole.decode("utf-8-sig").count("\n")


def test_an_entry_behind_a_rule() -> None:
    raw = f'{OLD}\n[[rules]]\nhost = "b.example"\ntitle = "h1"\n'.encode()
    assert list(parse_catalogue(raw + addition(raw, entry_lines("c", START), "series.toml"))) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("raw", "name", "values", "told"),
    [
        (OLD.encode(), "a", START, "Cannot declare"),
        (b"[a", "b", START, "line 1"),
        (b"", "b", {"start": "https://c.example/", "schedule": "sometimes"}, "[b] schedule"),
    ],
)
def test_what_cannot_be_added(raw: bytes, name: str, values: dict[str, str], told: str) -> None:
    with pytest.raises(CatalogueError) as error:
        addition(raw, entry_lines(name, values), "series.toml")
    assert told in str(error.value)


@given(st.text(max_size=100), st.text(max_size=100))
def test_every_title_has_a_name_and_survives(title: str, other: str) -> None:
    name = name_for(title, [name_for(other, [])])
    assert is_name(name)
    title = title.encode("utf-8", "ignore").decode().strip() or "x"
    raw = entry_lines(name, {"title": title, **START}).encode()
    assert parse_catalogue(raw)[name].title == title


def test_names() -> None:
    assert name_for("水乡纪事", []) == "水乡纪事"
    assert name_for("水乡 | 纪事！", ["水乡-纪事"]) == "水乡-纪事-2"
    assert name_for("series", []) == "series-2"
    assert name_for("???", []) == "series-2"
