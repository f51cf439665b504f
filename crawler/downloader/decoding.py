"""Undo a Content-Encoding, and say whether the stream came to its end. Pure.

Scrapy's own decoders take what they can get: half a gzip stream is half a page without a word.
"""

import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_ROOM: Final = 65536  # bytes that one call may return
MAGIC: Final = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}


class Decoded(NamedTuple):
    """A body without its encodings.

    Attributes:
        body: What could be read.
        fault: What is wrong with the stream, in words; empty when it came whole.
        too_large: It was cut at the limit, where decoding stopped.
        unknown: The encodings that are left, the outermost last.
    """

    body: bytes
    fault: str = ""
    too_large: bool = False
    unknown: tuple[str, ...] = ()


def decode(body: bytes, encodings: Sequence[str], limit: int) -> Decoded:
    """Undo the encodings, the last one first.

    Args:
        body: As received.
        encodings: Lower-case names as in Content-Encoding, in the order they were applied.
        limit: Bytes that any stage may give; 0 is none.

    >>> decode(zlib.compress("往期".encode()), ["deflate"], 100).body.decode()
    '往期'
    """
    left = [name for name in encodings if name != "identity"]
    while left and (decoder := _DECODERS.get(left[-1])):
        name = left.pop()
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in decoder(body):
                size += len(piece)
                if limit and size > limit:
                    return Decoded(b"".join(pieces), too_large=True)
                pieces.append(piece)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            fault = f"the {name} stream is {'cut off' if isinstance(error, EOFError) else f'damaged ({error})'}"
            return Decoded(b"".join(pieces), fault)
        body = b"".join(pieces)
    return Decoded(body, unknown=tuple(left))


def mislabelled(body: bytes, encodings: Sequence[str]) -> bool:
    """Whether the body cannot be what its label says, because it does not begin as that does.

    >>> mislabelled(b"<!doctype html>", ["gzip"])
    True
    """
    magic = MAGIC.get(encodings[-1]) if encodings else None
    return magic is not None and not body.startswith(magic[: len(body)])


def _inflate(body: bytes, wbits: int) -> Iterator[bytes]:
    """Of gzip also every member that follows; what comes after the last one is no part of it (gzip(1))."""
    while True:
        inflater = zlib.decompressobj(wbits)
        rest = body
        while not inflater.eof:
            piece = inflater.decompress(rest, _ROOM)
            rest = inflater.unconsumed_tail
            if piece:
                yield piece
            elif not rest and not inflater.eof:
                raise EOFError
        body = inflater.unused_data
        if wbits != _GZIP or not body.startswith(MAGIC["gzip"]):
            return


def _deflate(body: bytes) -> Iterator[bytes]:
    """With its zlib header, or without as old Microsoft servers send it."""
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS)
    return _inflate(body, zlib.MAX_WBITS)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    decompressor = brotli.Decompressor()
    yield decompressor.process(body, output_buffer_limit=_ROOM)
    while not decompressor.is_finished():
        piece = decompressor.process(b"", output_buffer_limit=_ROOM)
        if not piece:
            raise EOFError
        yield piece


def _unzstd(body: bytes) -> Iterator[bytes]:
    """Also every frame that follows."""
    while True:
        # RFC 8878 asks decoders to take windows of 8 MiB; more would be memory for nothing.
        decompressor = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})
        yield decompressor.decompress(body, _ROOM)
        while not decompressor.eof:
            piece = decompressor.decompress(b"", _ROOM)
            if not piece and not decompressor.eof:
                raise EOFError
            yield piece
        body = decompressor.unused_data
        if not body.startswith(MAGIC["zstd"]):
            return


_GZIP: Final = zlib.MAX_WBITS | 16
_DECODERS: Final[dict[str, Callable[[bytes], Iterator[bytes]]]] = {
    "gzip": lambda body: _inflate(body, _GZIP),
    "x-gzip": lambda body: _inflate(body, _GZIP),
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
