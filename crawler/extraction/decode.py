"""Bytes to text: valid UTF-8 first, then what the page declares, then whatever loses least."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

# What a label really means in the wild: a superset that also decodes the private and extended characters.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252", "ascii": "cp1252"}
_META = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WINDOW = 8192  # more than the 1,024 bytes of the HTML standard: portals put scripts first
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text of a page and how it was won.

    Attributes:
        encoding: The Python codec used.
        declared: What the page, or else its headers, said; lower case; None when neither did.
        replaced: How many bytes sequences could not be read and became U+FFFD.
    """

    text: str
    encoding: str
    declared: str | None
    replaced: int


def declared_encoding(body: bytes, headers: Mapping[str, str] | None = None) -> str | None:
    """The label in the page's first 8 KiB, else in `Content-Type`; lower case."""
    if found := _META.search(body[:_META_WINDOW]):
        return found[1].decode("ascii").lower()
    content_type = next((value for name, value in (headers or {}).items() if name.lower() == "content-type"), "")
    found_header = _HEADER.search(content_type)
    return found_header[1].lower() if found_header else None


def decode(body: bytes, headers: Mapping[str, str] | None = None) -> Decoded:
    """Read the page's bytes as text; never raises.

    A declared label is believed only when the bytes agree: saved pages are UTF-8 under a stale `gb2312`.
    """
    declared = declared_encoding(body, headers)
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return _lossy(body, codec, declared)
    codecs_in_order = [codec for codec in ("utf-8", _codec(declared), "gb18030", "big5hkscs") if codec]
    for codec in codecs_in_order:
        try:
            return Decoded(text=body.decode(codec), encoding=codec, declared=declared, replaced=0)
        except UnicodeDecodeError:
            continue
    return min((_lossy(body, codec, declared) for codec in dict.fromkeys(codecs_in_order)), key=lambda d: d.replaced)


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label).name if label else None
    except LookupError:
        return None
    return _WIDER.get(name, name) if name else None


def _lossy(body: bytes, codec: str, declared: str | None) -> Decoded:
    text = body.decode(codec, "replace")
    return Decoded(text=text, encoding=codec, declared=declared, replaced=text.count("\ufffd"))
