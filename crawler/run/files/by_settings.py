"""Which pictures and attachments a crawl asks for, and how they are read, as the settings have it."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Final, NamedTuple, Self

from scrapy.settings import BaseSettings

from crawler.catalogue.keys import ANY_SIZE
from crawler.readers.file_reading import Read, reading_files
from wangqi.readings.files import FileKind

_LARGEST: Final = 2**30
Limits = Mapping[FileKind, int]


class FileSettings(NamedTuple):
    """What the settings say of files.

    Attributes:
        pictures: Bytes that one may have; 0 for none. `attachments` likewise.
        largest: Bytes of any answer; 0 is without limit.
        deadline: Seconds that reading one may take.
        memory: Bytes of address space that its reader may have.
    """

    pictures: int = 0
    attachments: int = 0
    largest: int = 0
    deadline: float = 20
    memory: int = 2**31

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        return cls(
            settings.getint("PICTURES"),
            settings.getint("ATTACHMENTS"),
            settings.getint("DOWNLOAD_MAXSIZE"),
            settings.getfloat("EXTRACT_TIMEOUT"),
            settings.getint("EXTRACT_MEMORY"),
        )

    def limits(self, pictures: int | None, attachments: int | None) -> Limits:
        """Bytes by kind, of the kinds that are asked for at all.

        What the series' entry says comes first: bytes, 0 for none, `ANY_SIZE` for as large as any page, None for the
        settings.

        >>> FileSettings(pictures=0, attachments=5, largest=7).limits(ANY_SIZE, None)
        {'image': 7, 'document': 5}
        """
        given: dict[FileKind, int] = {
            "image": self._limit(pictures, self.pictures),
            "document": self._limit(attachments, self.attachments),
        }
        return {kind: limit for kind, limit in given.items() if limit}

    def _limit(self, own: int | None, by_default: int) -> int:
        if own is None:
            return by_default
        return (self.largest or _LARGEST) if own == ANY_SIZE else own

    def reading(self) -> AbstractAsyncContextManager[Read]:
        return reading_files(self.deadline, self.memory)
