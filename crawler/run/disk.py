"""Whether there is room beside the archive for a crawl to begin, or to go on."""

import shutil

from storage.db.errors import DiskFullError
from storage.locks import sqlite_file


def check_room(archive_url: str, reserve: int) -> None:
    """Does nothing for an archive that is no file, whose server has a disk of its own.

    Raises:
        DiskFullError: Less than `reserve` bytes are free; nothing has been written yet.
    """
    file = sqlite_file(archive_url)
    if file is None or not file.absolute().parent.is_dir():
        return
    folder = file.absolute().parent
    free = shutil.disk_usage(folder).free
    if free < reserve:
        raise DiskFullError(
            f"Only {free / 2**20:.0f} MiB are free in {str(folder)!r}, and a crawl leaves {reserve / 2**20:.0f} MiB"
            " free (the setting DISK_RESERVE, in bytes). Make room and run again; nothing is torn."
        )
