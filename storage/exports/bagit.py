"""BagIt (RFC 8493): a folder that can prove that nothing in it was lost or changed on its way."""

import hashlib
from pathlib import Path
from typing import Final

_BLOCK: Final = 1 << 20
_DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def seal(bag: Path, about: str) -> None:
    """Makes a bag of a folder whose files stand in its folder `data`; no day stands in it, so that it is as others."""
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    _write(bag, "bagit.txt", _DECLARATION)
    size = sum(path.stat().st_size for path in payload)
    about = " ".join(about.split())
    told = f"Bag-Software-Agent: Wangqi\nExternal-Description: {about}\nPayload-Oxum: {size}.{len(payload)}\n"
    _write(bag, "bag-info.txt", told)
    _write(bag, "manifest-sha256.txt", "".join(_line(bag, path) for path in payload))
    tags = sorted(path for path in bag.iterdir() if path.is_file())
    _write(bag, "tagmanifest-sha256.txt", "".join(_line(bag, path) for path in tags))


def _line(bag: Path, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    name = path.relative_to(bag).as_posix().replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    return f"{digest.hexdigest()}  {name}\n"


def _write(bag: Path, name: str, words: str) -> None:
    (bag / name).write_bytes(words.encode())
