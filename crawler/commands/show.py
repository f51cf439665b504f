"""`scrapy show`: one story whole."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import tzinfo
from typing import Final

from scrapy.exceptions import UsageError

from crawler.cli.story_command import StoryCommand
from crawler.cli.telling.facts import fact_line
from crawler.cli.terminal import print_rows, print_text, print_told
from storage import Archive
from storage.db.errors import DamagedError, UnknownTextError
from storage.rows import StoryDetail
from views.cells import READERS_ZONE, cell, safe_lines
from views.citations import capture_of
from views.stories import file_row, printed_date
from wangqi.text.reading_quality import flaws


class Command(StoryCommand[StoryDetail]):
    """Show one story: its text, its credits, the pages that carry it, its revisions, and which stories it names."""

    _payload_of: Archive | None = None

    def syntax(self) -> str:
        return "STORY [--json | --payload]    (its number, its title, or the address of a page that carries it)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        told = "write the bytes that its text was read from to stdout, as the server sent them"
        parser.add_argument("--payload", action="store_true", help=told)

    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        if opts.payload and opts.json:
            raise UsageError("--payload writes bytes, and --json none: choose one of them", print_help=False)
        self._payload_of = archive if opts.payload else None
        return super().answer(archive, opts)

    def found(self, archive: Archive, story: int) -> StoryDetail | None:
        return archive.story(story)

    def print_found(self, found: StoryDetail) -> None:
        if self._payload_of is not None:
            _write_payload(self._payload_of, found)
            return
        _print(found, self.zones().get(found.story.series, READERS_ZONE))


def _write_payload(archive: Archive, found: StoryDetail) -> None:
    page = next(one.page_id for one in found.revisions if one.id == found.story.revision_id)
    capture = capture_of(found, archive.captures(page))
    try:
        body = archive.payload(capture.payload_sha256) if capture and capture.payload_sha256 else None
    except ValueError as error:
        raise DamagedError(str(error)) from error
    if body is None:
        raise UnknownTextError(f"The archive keeps no bytes of {found.story.url}.")
    sys.stdout.flush()
    sys.stdout.buffer.write(body)


_STATUS: Final = {
    "only_tampered_copies": "only tampered copies: do not take this text for genuine; it is looked for elsewhere",
}


def _print(detail: StoryDetail, zone: tzinfo) -> None:
    story = detail.story
    print_text(f"《{cell(story.title)}》")
    for name, value in dict.fromkeys(_facts(detail, zone)):
        print_text(fact_line(name, cell(value)))
    print_text(f"\n{safe_lines(story.text)}")
    _section(
        "Pictures and files", [file_row(one) for one in detail.files], ("kind", "kept", "caption", "credit", "url")
    )
    for one in detail.files:
        if one.text:
            how = "read by a program, maybe wrongly" if one.text_origin == "ocr" else f"out of the {one.text_origin}"
            print_told(f"\nWords of {cell(one.caption or one.url)} ({how}):")
            print_text(safe_lines(one.text))
    _section(
        "Pages that carry it", [asdict(page) for page in detail.pages], ("relation", "outcome", "outcome_at", "url")
    )
    _section(
        "Revisions",
        [asdict(one) | {"id": f"r{one.id}"} for one in detail.revisions],
        ("id", "recorded_at", "change", "chars", "title", "url"),
    )
    lines = [{**asdict(line), "story": line.story_id or "missing"} for line in detail.mentions]
    _section("It names", lines, ("story", "title", "url"))
    _section("It is named by", [asdict(line) for line in detail.named_by], ("by_story_id", "title", "by_url"))
    _section("Signs of tampering", [asdict(one) for one in detail.findings], ("label", "score", "detector", "summary"))
    _section(
        "Other texts", [asdict(one) for one in detail.relations], ("relation", "score", "text_id", "other_text_id")
    )


def _facts(detail: StoryDetail, zone: tzinfo) -> Iterator[tuple[str, str]]:
    story = detail.story
    canonical = next((one for one in detail.revisions if one.id == story.revision_id), None)
    credited = [(one["role"], one["name"]) for one in canonical.details.get("credits", [])] if canonical else []
    date = printed_date(story.published_at, story.published_precision, zone)
    origins = {one["field"]: one["place"] for one in canonical.details.get("origins", ())} if canonical else {}
    facts = {
        "title": f"from: {origins['title']}" if "title" in origins else None,
        "subtitle": story.subtitle,
        "series": story.series_title if story.ordinal is None else f"{story.series_title}, no. {story.ordinal}",
        "published": f"{date} (from: {story.published_source})" if date else None,
        "author": _from(story.author, origins.get("author")),
        "source": _from(story.source, origins.get("source")),
        "status": _STATUS.get(story.status, story.status) if story.status != "ok" else None,
        "address": story.url,
        "stands for it": story.canonical_reason,
        "length": f"{story.chars} characters",
        "flaws": flaws(canonical.details) if canonical else None,
    }
    yield from ((name, value) for name, value in facts.items() if value)
    yield from (one for one in credited if one[0] not in facts and not _is_part(one, credited))


def _from(name: str | None, place: str | None) -> str | None:
    return f"{name} (from: {place})" if name and place else name


def _is_part(one: tuple[str, str], credited: list[tuple[str, str]]) -> bool:
    """Whether a longer credit of the same role says it, too, as a footer's line does of the licence in it."""
    return any(role == one[0] and one[1] in name and one[1] != name for role, name in credited)


def _section(heading: str, rows: list[dict[str, object]], columns: tuple[str, ...]) -> None:
    if rows:
        print_told(f"\n{heading}: {len(rows)}")
        print_rows(rows, as_json=False, columns=columns, nothing="")
