"""A copy of an archive as it is at one moment, while crawls write to it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from storage.archive import Archive
from storage.db.errors import ArchiveError, CannotOpenError, DamagedError, DiskFullError, masked
from storage.db.migrate import is_of_earlier_release
from storage.exports.whole_file import whole_path
from storage.locks import sqlite_file
from storage.upkeep.migration import versions
from storage.upkeep.verify import Ears, verify

_PAGES: Final = 2048  # a step: 8 MiB
_ADDRESS: Final = "postgresql"


def back_up(url: str, to: Path, tell: Callable[[str, int, int], None]) -> int:
    """Writes the copy, verifies it, and lets it take its name; answers how many bytes it has.

    It holds what was committed when it began: crawls go on meanwhile, and what they write comes with the next one. Of
    an archive of an earlier release the database is verified, and not its digests, which some releases did not have.

    Args:
        url: Of the archive.
        to: A file of this name is replaced, once the copy is sound.
        tell: Is told of each step how far it is.

    Raises:
        CannotOpenError: There is no archive that is a file.
        DamagedError: The archive is damaged, and so would be its copy: none is written.
        DiskFullError: There is no room for it; an older copy is untouched.
    """
    file = sqlite_file(url)
    if url.startswith(_ADDRESS):
        raise CannotOpenError(
            f"The archive {masked(url)} is kept by PostgreSQL, which makes its own copies:"
            f" pg_dump --format=custom --file={to} DATABASE. pg_restore brings one back."
        )
    if file is None:
        raise CannotOpenError(f"{masked(url)!r} is an archive in memory, of which no copy is made.")
    is_earlier = is_of_earlier_release(versions(url)[0])
    if not is_earlier:
        Archive(url, read_only=True).close()  # whose file it is
    if to.exists() and to.samefile(file):
        raise CannotOpenError(f"{str(to)!r} is the archive itself. Name another file for its copy.")
    with whole_path(to) as temporary:
        try:
            _copy(file, temporary, lambda done, of: tell("copy", done, of))
        except sqlite3.Error as error:
            raise _worded(error, file, to) from error
        if is_earlier:
            damages = 0 if _is_intact(temporary) else 1
        else:
            damages = sum(1 for _ in verify(f"sqlite:///{temporary}", ears=Ears(tell)))
        if damages:
            raise DamagedError(
                f"The copy of {str(file)!r} is not written: {damages} things in it are damaged, as they are in the"
                " archive. `verify` names them; copy the file itself (cp) while no crawl runs, then `repair`."
            )
        return temporary.stat().st_size


def _copy(file: Path, to: Path, tell: Callable[[int, int], None]) -> None:
    source = f"file:{quote(str(file.absolute()))}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as reading, closing(sqlite3.connect(to)) as writing:
        # An open snapshot: else the copy would begin anew whenever somebody else commits.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        writing.execute("PRAGMA synchronous=OFF")  # it is synced as a whole
        writing.execute("PRAGMA journal_mode=MEMORY")
        reading.backup(writing, pages=_PAGES, progress=lambda _, left, of: tell(of - left, of))
    with closing(sqlite3.connect(to)) as written:
        written.execute("PRAGMA journal_mode=DELETE")  # one file, which can be read where nothing can be written


def _is_intact(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as copied:
        return copied.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]


def _worded(error: sqlite3.Error, file: Path, to: Path) -> ArchiveError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE"):
        return DiskFullError(f"No room left for {str(to)!r} ({error}). Free some space and run again; nothing is torn.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ")):
        return DamagedError(f"The archive {str(file)!r} is damaged ({error}). `verify` names what.")
    return CannotOpenError(f"The copy {str(to)!r} cannot be written: {error}.")
