"""Row 43: whatever is flipped in what an archive keeps, `verify` finds it, in one line, on the night of its part."""

import random
import shutil
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Archive
from storage.db.errors import CannotOpenError
from storage.upkeep.damage import Part
from storage.upkeep.fts_pages import is_leaf, is_well_built
from tests.storage.upkeep.filled import damages, fill, flipped, raw

NIGHTS = 5  # of the quick tests; the long one has thirty
PAGE = 4096
BLOBS = {
    "payload": ("rowid", "body"),
    "text": ("id", "body"),
    "story_fts_data": ("id", "block"),
    "story_fts_docsize": ("id", "sz"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sound") / "archive.db"
    # Nothing was taken out of the search index again: what was stays on its pages for a while, and nobody reads it.
    fill(f"sqlite:///{file}", revised=False)
    with raw(file):  # all of it is in the one file now
        pass
    return file


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    return shutil.copy(sound, tmp_path / "archive.db")


def url_of(file: Path) -> str:
    return f"sqlite:///{file}"


def test_a_sound_archive_is_sound(url: str) -> None:
    fill(url)
    assert damages(url) == []
    assert [one for night in range(1, NIGHTS + 1) for one in damages(url, Part(night, NIGHTS))] == []


def flip_a_value(file: Path, table: str, chance: random.Random) -> str:
    """One byte of one row of a table, which is named."""
    key, column = BLOBS[table]
    with raw(file) as connection:
        chosen, body = chance.choice(connection.execute(f"SELECT {key}, {column} FROM {table}").fetchall())
        spoilt = flipped(body.encode() if isinstance(body, str) else body, chance)
        value = "CAST(? AS TEXT)" if isinstance(body, str) else "?"
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE {key} = ?", (spoilt, chosen))
    return f"{table} {chosen}"


def flip_a_byte(file: Path, chance: random.Random) -> str:
    """One byte of an index, in the file."""
    body = bytearray(file.read_bytes())
    place = chance.choice(used_places(file, "type = 'index'"))
    body[place] ^= chance.randrange(1, 256)
    file.write_bytes(body)
    return f"byte {place}"


def nights_that_find(file: Path, nights: int = NIGHTS) -> list[int]:
    return [night for night in range(1, nights + 1) if damages(url_of(file), Part(night, nights))]


@pytest.mark.parametrize("table", BLOBS)
def test_a_byte_that_is_flipped_in_what_is_kept_is_found(file: Path, table: str) -> None:
    chance = random.Random(43)
    before = file.read_bytes()
    for _ in range(4):
        where = flip_a_value(file, table, chance)
        found = damages(url_of(file))
        assert found, where
        if table in {"payload", "text"}:
            assert any(one.stories for one in found)
        file.write_bytes(before)
    where = flip_a_value(file, table, chance)
    assert nights_that_find(file), where


def test_a_byte_that_is_flipped_in_an_index_is_found(file: Path) -> None:
    chance = random.Random(44)
    before = file.read_bytes()
    for _ in range(4):
        where = flip_a_byte(file, chance)
        found = damages(url_of(file))
        assert found, where
        assert all("\n" not in one.fact for one in found)
        file.write_bytes(before)
    where = flip_a_byte(file, chance)
    assert nights_that_find(file), where


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_two_hundred_flipped_bytes_are_all_found(file: Path) -> None:
    chance = random.Random(200)
    before = file.read_bytes()
    missed, slept_through = [], []
    for trial in range(200):
        kind = [*BLOBS, "index"][trial % 5]
        where = flip_a_byte(file, chance) if kind == "index" else flip_a_value(file, kind, chance)
        if not damages(url_of(file)):
            missed.append(where)
        if not nights_that_find(file, 30):
            slept_through.append(where)
        file.write_bytes(before)
    assert (missed, slept_through) == ([], [])


def used_places(file: Path, kinds: str) -> list[int]:
    """The bytes of the file that cells of these b-trees are in, with the headers of their pages."""
    body, places = file.read_bytes(), []
    with closing(sqlite3.connect(file)) as connection:
        roots = connection.execute(f"SELECT rootpage FROM sqlite_master WHERE rootpage > 0 AND {kinds}").fetchall()
    for (root,) in roots:
        start = (root - 1) * PAGE
        kind, cells = body[start], int.from_bytes(body[start + 3 : start + 5])
        if kind in {10, 13} and cells:  # a leaf with something in it, and no block between that is free
            content = int.from_bytes(body[start + 5 : start + 7])
            if not int.from_bytes(body[start + 1 : start + 3]) and not body[start + 7]:
                places += range(start + content, start + PAGE)
    return places


def test_a_torn_page_is_told_in_lines_that_name_the_stories(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revision'").fetchone()
        (leaf,) = (
            connection.execute(
                "SELECT max(pageno) FROM dbstat WHERE name = 'revision' AND pagetype = 'leaf'"
            ).fetchone()
            if has_dbstat(connection)
            else (root,)
        )
    body = bytearray(file.read_bytes())
    body[(leaf - 1) * PAGE : leaf * PAGE] = b"\x5a" * PAGE
    file.write_bytes(body)
    found = damages(url_of(file))
    assert {one.check for one in found} >= {"database", "revisions"}
    assert all("Traceback" not in one.fact and "\n" not in one.fact for one in found)


def has_dbstat(connection: sqlite3.Connection) -> bool:
    return any("DBSTAT" in option for (option,) in connection.execute("PRAGMA compile_options"))


@pytest.mark.parametrize(
    ("change", "check", "thing"),
    [
        ("UPDATE revision SET title = '河上旧事之九' WHERE id = 3", "revisions", "revision r3"),
        ("UPDATE revision SET details = '{}' || ' ' WHERE id = 3", "revisions", "revision r3"),
        ("UPDATE page SET url = 'https://other.example/' WHERE id = 2", "pages", "page 2"),
        ("UPDATE story SET author = '某' WHERE id = 4", "stories", "story 4"),
        ("UPDATE text SET chars = 1 WHERE id = 5", "texts", "text 5"),
        ("UPDATE page SET revision_id = 4000 WHERE id = 2", "references", "page.revision_id"),
    ],
)
def test_what_is_changed_by_other_hands_is_found(url: str, change: str, check: str, thing: str) -> None:
    fill(url, 6)
    with Archive(url) as archive:
        archive._write(lambda c: c.execute(text(change)))
    assert (check, thing) in {(one.check, one.thing) for one in damages(url)}


def test_a_search_index_that_lags_behind_is_found(url: str) -> None:
    fill(url, 4)
    with Archive(url) as archive:
        drop = {
            "sqlite": "DELETE FROM story_fts_docsize WHERE id & 4294967295 = 2",
            "postgresql": "DELETE FROM story_fts WHERE id & 4294967295 = 2",
        }
        archive._write(lambda c: c.execute(text(drop[c.dialect.name])))
    assert ("search", "story 2") in [(one.check, one.thing) for one in damages(url)]


def test_a_leaf_of_the_search_index_is_known_by_how_it_is_built(file: Path) -> None:
    with raw(file) as connection:
        pages = connection.execute("SELECT id, block FROM story_fts_data WHERE id > 10").fetchall()
    leaves = [block for page_id, block in pages if is_leaf(page_id)]
    assert len(leaves) > 5
    assert all(map(is_well_built, leaves))
    assert not any(is_well_built(b"\x01" + leaf[1:]) for leaf in leaves)  # where its first row is
    assert not any(is_well_built(leaf[: int.from_bytes(leaf[2:4]) - 1]) for leaf in leaves)
    # Where its last term is: what stands at another place may by chance look like a term, and no search finds that one.
    moved = [is_well_built(leaf[:-1] + bytes([leaf[-1] ^ 1])) for leaf in leaves]
    assert sum(moved) < len(leaves) / 3
    assert not is_well_built(b"")


def test_the_parts_are_the_whole() -> None:
    edges = [Part(number, 7).digests() for number in range(1, 8)]
    assert edges[0][0] == bytes(32)
    assert all(one[1] == other[0] for one, other in pairwise(edges))
    assert sum(Part(number, 7).has_name("story") for number in range(1, 8)) == 1


def test_an_archive_in_memory_or_none_is_told() -> None:
    for address in ("sqlite://", "sqlite:////no/such/file.db"):
        with pytest.raises(CannotOpenError):
            damages(address)
