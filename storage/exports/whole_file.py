"""A file that appears whole or not at all."""

import errno
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from storage.db.errors import DISK_FULL
from storage.faults import passing

_SUFFIX: Final = ".part"


@contextmanager
def whole_file(path: Path, encoding: str) -> Iterator[TextIO]:
    """Opens a temporary file beside the path for writing; on success it is synced and takes the path's name."""
    with whole_path(path) as temporary, temporary.open("w", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def whole_path(path: Path, *, replaces: bool = True) -> Iterator[Path]:
    """The same for whoever opens the temporary file, which is there and empty, by its path.

    Temporary files that a killed process has left for this path are taken away.

    Args:
        path: The name that it takes.
        replaces: False leaves an older file of that name alone, also one that comes meanwhile.

    Raises:
        FileExistsError: There is one.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    _refuse_older(path, replaces=replaces)
    _sweep(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_SUFFIX)
    except OSError as error:  # which names our temporary file; report the path that was asked for
        raise OSError(error.errno, error.strerror, str(path)) from error
    temporary = Path(name)
    try:
        _is_ours(handle)
        yield temporary
        with temporary.open("rb+") as file:
            passing("fsync")
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        passing("rename")
        _refuse_older(path, replaces=replaces)
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        raise _named(error, path) from error
    finally:
        os.close(handle)
    passing("renamed")
    _sync_folder(path.parent)


@contextmanager
def whole_folder(path: Path, *, replaces: bool = False) -> Iterator[Path]:
    """A folder that appears whole or not at all, likewise; what is yielded is empty.

    An older one that gives way is moved aside for the moment in which the new one takes its name. Who is killed in this
    moment leaves it there; the next `whole_folder` for this path brings it back, or takes it away.
    """
    aside, temporary = path.with_name(f".{path.name}.old"), path.with_name(f".{path.name}{_SUFFIX}")
    if aside.exists():
        if path.exists():
            shutil.rmtree(aside)
        else:
            aside.replace(path)
    _refuse_older(path, replaces=replaces)
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        yield temporary
        for folder, _, names in os.walk(temporary):
            for name in names:
                _sync(Path(folder, name))
            _sync_folder(Path(folder))
        passing("rename")
        _refuse_older(path, replaces=replaces)
        if path.exists():
            path.replace(aside)
        temporary.replace(path)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise _named(error, path) from error
    _sync_folder(path.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _named(error: BaseException, path: Path) -> BaseException:
    """A write that finds no room tells no name."""
    if isinstance(error, OSError) and error.errno in DISK_FULL and error.filename is None:
        return OSError(error.errno, error.strerror, str(path))
    return error


def _refuse_older(path: Path, *, replaces: bool) -> None:
    if not replaces and (path.exists() or path.is_symlink()):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _sweep(path: Path) -> None:
    """Takes away what killed processes have left for this path; a living one holds the lock of its own."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{_SUFFIX}"):
        try:
            handle = os.open(left, os.O_RDWR)
        except OSError:
            continue
        try:
            if _is_ours(handle):
                left.unlink(missing_ok=True)
        finally:
            os.close(handle)


def _is_ours(handle: int) -> bool:
    """Whether this process holds the file alone, until the handle is closed."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another holds it, or the disk knows no locks
        return False
    return True


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        passing("fsync")
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """The new name is kept by the folder, which has a cache of its own."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
