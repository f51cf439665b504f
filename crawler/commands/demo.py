"""`scrapy demo`: archive the example series into a database of its own and show what it found."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from crawler.cli.command import PlainCommand
from crawler.cli.terminal import print_rows, print_text, print_told
from examples.serve import ExampleSite
from storage import Archive
from wangqi.program import module, program

_FOLDER = Path("demo")
_URL = f"sqlite:///{_FOLDER / 'archive.db'}"
# The example site is a neighbour on this machine: nobody needs to be spared.
_AT_HOME = ("ALLOWED_ADDRESSES=127.0.0.0/8", "ALLOWED_PORTS=any", "DOWNLOAD_DELAY=0", "LOG_LEVEL=WARNING")
_NAME = "巡河手记"


class Command(PlainCommand):
    """Archive the example series from this machine into demo/archive.db, and print what was found."""

    def short_desc(self) -> str:
        return "Archive the example series and show what was found"

    def work(self, _: object) -> int:
        shutil.rmtree(_FOLDER, ignore_errors=True)
        _FOLDER.mkdir()
        with ExampleSite() as site:
            print_told(f"The example newspaper is at {site.publisher_url}, a site that copies from it at")
            print_told(f"{site.mirror_url}. One story is enough to begin with:\n")
            code = _scrapy("crawl", "series", "-a", f"url={site.start_url}", *_settings(), show="crawl series -a url=…")
        print_told("\nThe series, its stories in order, and what is missing:\n")
        _scrapy("series", _NAME)
        print_told("\nPages that carry a story which another page carries, too:\n")
        with Archive(_URL, read_only=True) as archive:
            print_rows(_copies(archive), as_json=False, nothing="None.")
        print_text("")
        _scrapy("search", "洪水")
        print_told(f"\nThe archive is {_FOLDER / 'archive.db'}. Ask it more:")
        print_text(f"  ARCHIVE_URL={_URL} {_called()} show 1")
        print_told("or read it in a browser:")
        print_text(f"  ARCHIVE_URL={_URL} {_called()} browse")
        # Stories are missing from the example on purpose, so that the demo can show how they are listed.
        return 0 if code in {0, 20} else code


def _called() -> str:
    """How a person calls it here, whose shell need not know the checkout's own environment."""
    in_checkout = Path(".venv/bin/scrapy")
    return str(in_checkout) if program() == "scrapy" and in_checkout.exists() else program()


def _copies(archive: Archive) -> Iterator[dict[str, object]]:
    for story in archive.series_ledger(_NAME):
        if story.copies < 2:
            continue
        detail = archive.story(story.id)
        assert detail is not None
        labels: dict[int, set[str]] = {}
        for finding in detail.findings:
            labels.setdefault(finding.revision_id, set()).add(finding.label)
        newest = {revision.page_id: revision.id for revision in detail.revisions}
        for page in detail.pages:
            if page.outcome == "copy":
                signs = ", ".join(sorted(labels.get(newest[page.id], {"no sign found"})))
                yield {"story": story.title, "copy": page.url, "text": page.relation, "tampering": signs}


def _settings() -> list[str]:
    return [part for value in _AT_HOME for part in ("-s", value)]


def _scrapy(*arguments: str, show: str = "") -> int:
    print_text(f"$ {program()} {show or ' '.join(arguments)}")
    sys.stdout.flush()
    command = [sys.executable, "-m", module(), *arguments]
    return subprocess.run(command, env={**os.environ, "ARCHIVE_URL": _URL}, check=False).returncode  # noqa: S603 - ours
