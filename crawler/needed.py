"""What every command of ours loads, looked at before it is loaded: what is missing is named in one line."""

import importlib
import sys
from importlib.util import find_spec
from typing import Final

# Their import names, and the packages that pip knows: all that the project installs.
NEEDED: Final = {
    "brotli": "brotli",  # without this and the next one Scrapy itself does not begin
    **({} if sys.version_info >= (3, 14) else {"backports.zstd": "backports.zstd"}),
    "lxml.html": "lxml",
    "lxml_html_clean": "lxml_html_clean",
    "cssselect": "cssselect",
    "w3lib.url": "w3lib",
    "parsel": "parsel",
    "itemadapter": "itemadapter",
    "numpy": "numpy",
    "rapidfuzz": "rapidfuzz",
    "regex": "regex",
    "rjieba": "rjieba",
    "filelock": "filelock",
    "tldextract": "tldextract",
    "sqlalchemy": "sqlalchemy",
    "alembic": "alembic",
    "apscheduler": "apscheduler",
    "rich": "rich",
    "scrapy": "scrapy",
    "shtab": "shtab",
    "trafilatura": "trafilatura",
    "warcio": "warcio",
}
# What Scrapy loads in any case; the others are looked for, and loaded by the command that asks for them.
_AT_ONCE: Final = frozenset(
    {"brotli", "backports.zstd", "lxml.html", "cssselect", "w3lib.url", "parsel", "itemadapter"}
)


def require(*, load_all: bool = False) -> None:
    """Ends the program with one sentence when a library is not there; with `load_all`, or of these few, also when it
    is broken.

    Raises:
        SystemExit: It names the library and the cure.
    """
    for name, package in NEEDED.items():
        try:
            if not load_all and name not in _AT_ONCE and find_spec(name):
                continue
            importlib.import_module(name)
        except (ImportError, OSError, ValueError) as error:
            raise SystemExit(
                f"{name} cannot be imported ({' '.join(str(error).split())}): install the project again, or what it"
                f" lacks with `pip install {package}`."
            ) from None
