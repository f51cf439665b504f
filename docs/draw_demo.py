"""Draws `demo.png`, what `make demo` prints on a terminal: run it again when that changes.

It needs Chromium and the font Noto Sans Mono CJK, in which a Chinese character is as wide as two letters.
"""

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
COLUMNS = 176
LINE = 17  # pixels
_CURSOR = re.compile(r"\x1b\[\?25[lh]|\x1b\[\d*[AKG]|\x1b\[2K")
_PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>body{{margin:0;background:#fff}}
pre{{font:13px/17px 'Noto Sans Mono CJK SC',monospace;margin:14px}}{stylesheet}</style><pre>{code}</pre>"""
_CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
)


def printed() -> str:
    """What `scrapy demo` writes to a terminal of COLUMNS columns, without the progress bar's redrawing."""
    caught = bytearray()

    def read(terminal: int) -> bytes:
        part = os.read(terminal, 4096)
        caught.extend(part)
        return part

    os.environ |= {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    os.chdir(ROOT)
    pty.spawn([sys.executable, "-m", "scrapy", "demo"], read)
    text = _CURSOR.sub("", caught.decode("utf-8", "replace")).replace("\r\n", "\n")
    return "\n".join(line.rpartition("\r")[2] for line in text.split("\n") if "pages/s" not in line)


def main() -> None:
    text = printed()
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(text), end="")
    page = console.export_html(code_format=_PAGE, inline_styles=True)
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder, "demo.html")
        html.write_text(page, "utf-8")
        height = LINE * (page.count("\n") + 1) + 20
        size = f"--window-size={COLUMNS * 13 // 2 + 28},{height}"  # a letter is half as wide as it is high
        picture = Path(__file__).with_name("demo.png")
        profile = f"--user-data-dir={folder}/profile"
        subprocess.run([*_CHROMIUM, profile, size, f"--screenshot={picture}", html.as_uri()], check=True)


if __name__ == "__main__":
    main()
