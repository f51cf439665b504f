"""Score the link finder on labelled pages: `python -m benchmarks.navigation`.

`links` is the adapter for `../shared/measure/measure_nav.py --finder benchmarks.navigation:links`.
"""

import subprocess
import sys
from pathlib import Path

from crawler.extraction.links import find_links
from crawler.extraction.source.tree import parse

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def links(html_text: str, url: str | None) -> dict[str, list[str]]:
    """The hrefs as written, by kind."""
    found = find_links(parse(html_text), url or "", None)
    kinds: dict[str, list[str]] = {"series": [], "prev": [], "next": []}
    for link in found.links:
        if link.kind in kinds and link.href is not None:
            kinds[link.kind].append(link.href)
    return kinds


def main() -> int:
    """Run the scorer with this checkout's finder; its exit code."""
    scorer = SHARED / "measure" / "measure_nav.py"
    if not scorer.exists():
        print(f"the scorer is not there: {scorer}; it belongs beside the checkout", file=sys.stderr)
        return 2
    finder = f"{__name__ if __name__ != '__main__' else 'benchmarks.navigation'}:links"
    command = [sys.executable, str(scorer), "--finder", finder, *sys.argv[1:]]
    return subprocess.run(command, check=False, cwd=Path(__file__).resolve().parents[1]).returncode


if __name__ == "__main__":
    sys.exit(main())
