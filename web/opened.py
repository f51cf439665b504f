"""The archive behind the room: opened when it is first asked for, and once more after it could not be."""

from threading import Lock

from storage import Archive


class Opened:
    """Holds the open archive of one address, for any thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._archive: Archive | None = None
        self._lock = Lock()

    def archive(self) -> Archive:
        """Raises `storage.db.errors.ArchiveError` where there is none that can be read; the next call tries again."""
        with self._lock:
            if self._archive is None:
                self._archive = Archive(self._url, read_only=True)
            return self._archive

    def let_go(self) -> None:
        """Closes it: the next question opens what is there then."""
        with self._lock:
            if self._archive is not None:
                self._archive.close()
            self._archive = None
