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
_HAN = re.compile(r"[\u3400-\u9fff]")
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年"
)
_ENOUGH = 0.06  # share of common characters; Chinese prose has .15 to .25, misread bytes next to none
_STRAY = 0.002  # replaced bytes to a character in a text that is UTF-8 all the same
_SAMPLE = 20_000
_LEAST_HAN = 20  # so many are no chance: accents and the letters behind them make some
_SINGLE = ("cp125", "cp866", "iso8859", "koi8", "mac")  # how codecs begin that have a letter for nearly every byte
_ESCAPES = {b"~{": ("hz",), b"\x1b$": ("iso2022_jp_2", "iso2022_kr")}
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
    if found := _escaped(body, declared) or _eastern(body, declared):
        return found
    names = dict.fromkeys(codec for codec in ("utf-8", _codec(declared), "gb18030", "big5hkscs") if codec)
    best: Decoded | None = None
    worth = 0.0
    for codec in names:
        found = _strict(body, codec, declared)
        if codec == "utf-8":
            found = found or _nearly_utf8(body, declared)
            if found:
                return found  # valid by design, whatever the label says
        # A label, then a guess, is believed when its text is of common characters; Big5 read as GBK has hardly any.
        if found and (common := _commonness(found.text)) >= _ENOUGH:
            return found
        if found and (best is None or common > worth):
            best, worth = found, common
    return best or min((_lossy(body, codec, declared) for codec in names), key=lambda decoded: decoded.replaced)


def _escaped(body: bytes, declared: str | None) -> Decoded | None:
    """Chinese, Japanese or Korean in bytes of seven bits, which are ASCII as well: mail's HZ and ISO 2022."""
    if not body.isascii():
        return None
    codecs_of = [codec for sign, names in _ESCAPES.items() if sign in body for codec in names]
    readings = (_strict(body, codec, declared) for codec in codecs_of)
    return next((one for one in readings if one and _HAN.search(one.text) and _commonness(one.text) >= _ENOUGH), None)


def _eastern(body: bytes, declared: str | None) -> Decoded | None:
    """Chinese that is called Latin or Cyrillic, as which any bytes can be read."""
    if not (_codec(declared) or "").startswith(_SINGLE) or body.isascii() or _strict(body, "utf-8", declared):
        return None
    readings = [one for codec in ("gb18030", "big5hkscs") if (one := _strict(body, codec, declared))]
    best = max(readings, key=lambda one: _commonness(one.text), default=None)
    if best is None or len(_HAN.findall(best.text[:_SAMPLE])) < _LEAST_HAN or _commonness(best.text) < _ENOUGH:
        return None
    return best


def _strict(body: bytes, codec: str, declared: str | None) -> Decoded | None:
    try:
        return Decoded(text=body.decode(codec), encoding=codec, declared=declared, replaced=0)
    except UnicodeDecodeError:
        return None


def _nearly_utf8(body: bytes, declared: str | None) -> Decoded | None:
    """UTF-8 with a few stray bytes; as GBK such bytes could be decoded as well, but to nonsense."""
    found = _lossy(body, "utf-8", declared)
    near = found.replaced <= _STRAY * len(found.text) and _HAN.search(found.text)
    return found if near and _commonness(found.text) >= _ENOUGH else None


def _commonness(text: str) -> float:
    """Share of Han characters that are among the commonest; Big5 read as GBK hardly has any."""
    han = _HAN.findall(text[:_SAMPLE])
    return sum(sign in _COMMON for sign in han) / len(han) if han else 1.0


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label).name if label else None
    except LookupError:
        return None
    return _WIDER.get(name, name) if name else None


def _lossy(body: bytes, codec: str, declared: str | None) -> Decoded:
    text = body.decode(codec, "replace")
    return Decoded(text=text, encoding=codec, declared=declared, replaced=text.count("\ufffd"))
