"""`scrapy hosts`: how far sites are trusted."""

import argparse
from dataclasses import asdict
from typing import Final, get_args
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from crawler.cli.review_command import ReviewCommand, decider
from crawler.cli.terminal import print_rows, print_text, print_told
from pipelines.regroup import restand
from storage import Archive
from storage.rows import Trust
from views.cells import cell, json_line
from wangqi.program import program
from wangqi.urls import site

_TRUST: Final = get_args(Trust)


class Command(ReviewCommand):
    """List the sites that people have judged, or judge one: its trust, its licence number (备案号), its owner."""

    def syntax(self) -> str:
        words = "[--json] | HOST [verified|known|unknown|suspect|hijacked] [--icp NUMBER] [--owner NAME]"
        return f"{words} [--note WORDS] [--forget] [--apply] [--by NAME]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--icp", metavar="NUMBER", help="its licence, as 闽ICP备20240001号; '' takes it away")
        parser.add_argument("--owner", metavar="NAME", help="who runs it; '' takes it away")
        parser.add_argument("--note", metavar="WORDS", default="", help="why; kept with the edit")
        parser.add_argument("--apply", action="store_true", help="judge the stored copies of the site by it at once")
        parser.add_argument("--forget", action="store_true", help="take the site out of the list")

    def reads_only(self, opts: argparse.Namespace) -> bool:
        return len(opts.words) < 2 and opts.icp is None and opts.owner is None and not opts.forget

    def answer(self, archive: Archive, opts: argparse.Namespace) -> None:
        if len(opts.words) > 2 or (len(opts.words) == 2 and opts.words[1] not in _TRUST):
            raise UsageError(f"{' '.join(opts.words)!r} has no meaning here. Write: {program()} hosts {self.syntax()}")
        name = _host(opts.words[0]) if opts.words else None
        if self.reads_only(opts):
            _list(archive, name, as_json=opts.json)
        elif name is None:
            raise UsageError(f"Which site? Write: {program()} hosts {self.syntax()}")
        elif opts.forget:
            known = archive.forget_host(name)
            print_told("forgotten" if known else f"{cell(name)} was not in the list")
            if known:
                print_told(_stored(archive, name, apply=opts.apply))
        else:
            trust = opts.words[1] if len(opts.words) == 2 else None
            row = archive.edit_host(
                name,
                registrable=site(f"https://{name}/"),
                by=decider(opts),
                trust=trust,
                icp=opts.icp,
                owner=opts.owner,
                note=opts.note,
            )
            if opts.json:
                print_text(json_line(row))
            else:
                print_told(cell(f"{row.host} is {row.trust}. Stories that are read from now on count it."))
            told = _stored(archive, name, apply=opts.apply)
            if not opts.json:
                print_told(told)
            if opts.icp is not None and not opts.json:
                print_told(f"Which stored pages of other sites show this licence, `{program()} regroup` finds out.")


def _stored(archive: Archive, name: str, *, apply: bool) -> str:
    """What the edit means for the copies that are stored already, and whether that has been done."""
    changes = list(restand(archive, name, apply=apply))
    stories = len({change.story_id for change in changes})
    if not changes:
        return "No stored copy stands otherwise by it."
    copies = f"{_number(len(changes), 'stored copy', 'stored copies')} of {_number(stories, 'story', 'stories')}"
    if apply:
        return f"{copies}: judged by it now. `{program()} copies STORY` says what stands for each."
    return (
        f"{copies} still stand as before: write the same again with --apply, or"
        f" `{program()} regroup --apply`, to judge them by it; until then their label is out of date."
    )


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _list(archive: Archive, name: str | None, *, as_json: bool) -> None:
    print_rows(
        map(asdict, archive.hosts(name)),
        as_json=as_json,
        columns=("host", "trust", "icp", "owner"),
        nothing="Nobody has judged a site yet; all are unknown." if name is None else f"Nobody has judged {name}.",
    )


def _host(text: str) -> str:
    """The name of a site, also out of a URL."""
    try:
        name = (urlsplit(text if "//" in text else f"//{text}").hostname or "").rstrip(".")
    except ValueError:
        name = ""
    if "." not in name or any(char.isspace() for char in name):
        raise UsageError(f"{text!r} is no site. Write its name, as www.example.org")
    return name.encode("idna").decode() if not name.isascii() else name
