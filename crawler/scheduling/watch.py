"""The watch over the series: what is wrong is told once when it begins and once when it is over; and digests."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crawler.catalogue.channels import WHOLE, Channel
from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue, read_channels
from crawler.run.disk import check_room
from crawler.scheduling.delivery import send
from crawler.scheduling.health import Sign, signs_of
from crawler.scheduling.pasts import pasts
from crawler.scheduling.timing import stroke_since
from storage import Archive
from storage.db.errors import DiskFullError
from storage.rows import IncidentRow, Notice, SeriesRow
from views.health.notices import of_a_time, of_incidents

logger = logging.getLogger(__name__)

_FIRST_DIGEST: Final = timedelta(days=7)  # that it looks back


@dataclass(frozen=True, slots=True)
class Changes:
    """What an examination has found: incidents that began, with id 0, and those that are over."""

    begun: tuple[IncidentRow, ...]
    ended: tuple[IncidentRow, ...]


def changes(signs: Mapping[str, list[Sign]], open_ones: list[IncidentRow], now: datetime) -> Changes:
    """PURE: what of these signs, by the series' name, is new; and what was to be seen before and is no more."""
    seen = {(series, sign.what): sign for series, found in signs.items() for sign in found}
    known = {(one.series, one.what) for one in open_ones}
    begun = tuple(
        IncidentRow(id=0, series=series, what=what, level=sign.level, fact=sign.fact, began_at=now)
        for (series, what), sign in seen.items()
        if (series, what) not in known
    )
    over = (one for one in open_ones if (one.series, one.what) not in seen)
    return Changes(begun, tuple(replace(one, ended_at=now) for one in over))


class Watch:
    """Examines an archive and tells those whom its catalogue names.

    Args:
        archive_url: Of the archive.
        file: The catalogue; while it cannot be read, the last good channels stay in force.
        reserve: The setting DISK_RESERVE.
        room: The address of the reading room, for links; or "".
    """

    def __init__(self, archive_url: str, file: str, *, reserve: int, room: str = "") -> None:
        self._url = archive_url
        self._file = file
        self._reserve = reserve
        self._room = room.rstrip("/")
        self._catalogue: Mapping[str, SeriesSpec] = {}
        self._channels: Mapping[str, Channel] = {}
        self._told: set[str] = set()

    def examine(self, now: datetime, running: frozenset[str] = frozenset()) -> None:
        """Puts into the outbox what is new. `running` are series whose crawl is called, and so not missed."""
        fault = self._reload()
        if not self._channels:
            return
        with Archive(self._url) as archive:
            titles: dict[str, str] = {}
            open_ones = archive.open_incidents()
            known = {(one.series, one.what) for one in open_ones}
            whole = [*self._of_the_whole(fault)]
            signs, is_full = {WHOLE: whole}, any(sign.what == "disk" for sign in whole)
            for name, title, past in pasts(archive, self._url, self._catalogue, with_missing=False):
                titles[name] = title
                is_running, told = past.is_running or name in running, (name, "silent") in known
                so_far = replace(past, is_running=is_running, is_told_silent=told)
                signs[name] = signs_of(so_far, now, is_disk_full=is_full)
            found = changes(signs, open_ones, now)
            if found.begun or found.ended:
                archive.keep_incidents(found.begun, found.ended, [*self._notices(found, titles)])
            for channel in self._channels.values():
                self._digest(archive, channel, now)

    def send(self, now: datetime) -> int:
        """Sends what is due, and answers how much still waits. What a channel does not take is tried again later."""
        with Archive(self._url, read_only=True) as archive:
            if not archive.waiting_notices():
                return 0
        with Archive(self._url) as archive:
            for notice in archive.waiting_notices(now):
                channel = self._channels.get(notice.channel)
                if channel is None or notice.address >= len(channel.addresses):
                    archive.drop_notice(notice.id)
                    continue
                where = f"Channel {notice.address + 1} of {notice.channel or 'the whole archive'}"
                trouble = send(channel.addresses[notice.address], notice.subject, notice.body)
                if trouble is None:
                    archive.notice_taken(notice.id, now)
                    self._told.discard(where)
                    continue
                archive.notice_refused(notice.id, trouble, now)
                if where not in self._told:
                    logger.error("%s has not taken a notice, which is kept and tried again: %s", where, trouble)
                    self._told.add(where)
            return len(archive.waiting_notices())

    def _reload(self) -> str | None:
        """What is wrong with the catalogue, or None."""
        try:
            catalogue = read_catalogue(self._file)
            self._channels = read_channels(self._file)
        except CatalogueError as error:
            return str(error)
        self._catalogue = catalogue
        return None

    def _of_the_whole(self, fault: str | None) -> Iterator[Sign]:
        if fault:
            yield Sign(level="broken", what="catalogue", fact=fault)
        try:
            check_room(self._url, self._reserve)
        except DiskFullError as error:
            yield Sign(level="broken", what="disk", fact=str(error))

    def _notices(self, found: Changes, titles: Mapping[str, str]) -> Iterator[Notice]:
        for name, channel in self._channels.items():
            begun, ended = (
                [one for one in some if (one.series if one.series in self._channels else WHOLE) == name]
                for some in (found.begun, found.ended)
            )
            if begun or ended:
                told = of_incidents(begun, ended, titles=titles, room=self._room)
                yield from _to_all(channel, "incident", *told)

    def _digest(self, archive: Archive, channel: Channel, now: datetime) -> None:
        if channel.digest is None:
            return
        last = archive.last_digest(channel.name)
        stroke = stroke_since(channel.digest, ZoneInfo(channel.timezone), last, now)
        if stroke is None:
            return
        rows = [row for row in archive.series() if self._is_told_to(row, channel)]
        names = {row.name for row in rows}
        since = last or now - _FIRST_DIGEST
        news = [change for change in archive.changed(since, until=now) if change.series in names]
        titles = {row.name: row.title or row.name for row in rows}
        missing = {row.name: row.missing for row in rows}
        told = of_a_time(news, (since, now), titles=titles, missing=missing, room=self._room)
        archive.put_notices([*_to_all(channel, "digest", *told)], now)

    def _is_told_to(self, row: SeriesRow, channel: Channel) -> bool:
        return row.name == channel.name if channel.name else row.name not in self._channels


def _to_all(channel: Channel, kind: str, subject: str, body: str) -> Iterator[Notice]:
    for address in range(len(channel.addresses)):
        yield Notice(channel=channel.name, address=address, kind=kind, subject=subject, body=body)
