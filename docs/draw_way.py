"""Draws `way-of-a-page.svg`: run it again when a station changes."""

from pathlib import Path

STATIONS = [
    ("series.toml, or a URL", "where to start", "#fff7e6"),
    ("page table", "the archive is the frontier:\ndue pages go out", "#e6f4ff"),
    ("downloader", "robots, address guard,\nend markers, retries", "#f6ffed"),
    ("workers", "one parse a page, in a process\nwith a deadline and a memory limit", "#f6ffed"),
    ("normalise · deduplicate", "display form, match key,\nfingerprints", "#f9f0ff"),
    ("ONE transaction", "outcome, story, copy, revision,\npayload, mentions, new pages", "#e6f4ff"),
    ("archive.db / PostgreSQL", "search · series · why ·\nexport · Python · SQL", "#fff7e6"),
]
WIDTH, HEIGHT, GAP, TOP = 250, 78, 34, 24


def box(number: int, title: str, lines: str, colour: str) -> str:
    y = TOP + number * (HEIGHT + GAP)
    rows = "".join(
        f'<text x="{WIDTH / 2 + 40}" y="{y + 44 + 16 * row}" class="s">{line}</text>'
        for row, line in enumerate(lines.split("\n"))
    )
    return (
        f'<rect x="40" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{colour}" stroke="#8c8c8c"/>'
        f'<text x="{WIDTH / 2 + 40}" y="{y + 24}" class="t">{title}</text>{rows}'
    )


def arrow(number: int) -> str:
    y = TOP + number * (HEIGHT + GAP) + HEIGHT
    x = WIDTH / 2 + 40
    return f'<path d="M{x} {y + 2}V{y + GAP - 4}" class="a"/>'


def main() -> None:
    height = TOP * 2 + len(STATIONS) * (HEIGHT + GAP) - GAP
    boxes = "".join(box(number, *station) for number, station in enumerate(STATIONS))
    arrows = "".join(arrow(number) for number in range(len(STATIONS) - 1))
    middle = [TOP + number * (HEIGHT + GAP) + HEIGHT / 2 for number in (1, 5)]
    back = (
        f'<path d="M{WIDTH + 42} {middle[1]}H{WIDTH + 96}V{middle[0]}H{WIDTH + 46}" class="a"/>'
        f'<text x="{WIDTH + 104}" y="{sum(middle) / 2}" class="l">newly named pages</text>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 {height}" width="480" height="{height}">'
        "<style>text{font-family:sans-serif;text-anchor:middle;fill:#1f1f1f}.t{font-size:15px;font-weight:bold}"
        ".s{font-size:12px}.l{font-size:12px;text-anchor:start}.a{stroke:#595959;stroke-width:1.6;fill:none;"
        'marker-end:url(#h)}</style><defs><marker id="h" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#595959"/></marker></defs>'
        f'<rect width="480" height="{height}" fill="white"/>{boxes}{arrows}{back}</svg>\n'
    )
    Path(__file__).with_name("way-of-a-page.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
