"""The words in a picture, as a program sees them (extra `ocr`); for a process of its own.

What it finds may be wrong, and is never taken for the text of a story.
"""

import io
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from storage.rows import FileSaid
from wangqi.text.forms import display

ORIGIN: Final = "ocr"
_LIBRARY: Final = "rapidocr"
_SMALLEST: Final = 60  # pixels; icons are no larger
_MOST_PIXELS: Final = 120_000_000
_TILE, _OVERLAP = 1_600, 120  # pixels of height: what is higher is scaled down by the library until nothing is legible
_SURE: Final = 0.6


def reader() -> str | None:
    """The program and its version, by which what it has read is known; None where it is not installed."""
    try:
        return f"{_LIBRARY} {version(_LIBRARY)}"
    except PackageNotFoundError:
        return None


def said_of(body: bytes, url: str, headers: object) -> FileSaid | None:
    """The lines of a picture from its top on; `url` and `headers` tell nothing, as of `files.said_of`."""
    del url, headers
    name = reader()
    if name is None or body[:1] == b"<":  # the page that every new reader is given first
        return None
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - of the extra `ocr`, which may not be installed

    try:
        with Image.open(io.BytesIO(body)) as picture:
            width, height = picture.size
            if min(width, height) < _SMALLEST:
                return FileSaid(ORIGIN, "", f"it has {width} by {height} pixels", name)
            if width * height > _MOST_PIXELS:
                return FileSaid(ORIGIN, "", f"it has more than {_MOST_PIXELS:,} pixels", name)
            lines = list(_lines(picture.convert("RGB")))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        return FileSaid(ORIGIN, "", f"it cannot be shown: {error}", name)
    text = display("\n".join(lines))
    return FileSaid(ORIGIN, text, "" if text else "no words were seen in it", name)


def _lines(picture: Any) -> Iterator[str]:  # noqa: ANN401 - an image of Pillow, which may not be installed to name it
    """Tile after tile; what two of them show is told by the one in whose share its middle stands."""
    import numpy as np  # noqa: PLC0415 - needed only beside the extra, and slow to import

    width, height = picture.size
    for top in range(0, max(1, height - _OVERLAP), _TILE - _OVERLAP):
        end = min(height, top + _TILE)
        found = _engine()(np.asarray(picture.crop((0, top, width, end)))[:, :, ::-1])
        first = top + _OVERLAP / 2 if top else 0
        last = end - _OVERLAP / 2 if end < height else height
        boxes = found.boxes if found.boxes is not None else ()
        for box, line, score in zip(boxes, found.txts or (), found.scores or (), strict=False):
            middle = top + sum(float(point[1]) for point in box) / len(box)
            if score >= _SURE and first <= middle < last:
                yield line


@lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401 - an engine of rapidocr, which may not be installed to name it
    from rapidocr import RapidOCR  # noqa: PLC0415 - of the extra `ocr`, which may not be installed

    return RapidOCR()
