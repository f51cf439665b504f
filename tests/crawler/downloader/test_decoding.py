import gzip
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.downloader.decoding import Decoded, decode, mislabelled

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def raw_deflate(body: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(body) + compressor.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
PAGE = "".join(f"<p>第{number}段，每一段都和前一段不一样。</p>" for number in range(400)).encode()


@pytest.mark.parametrize("encoding", ENCODERS)
@settings(max_examples=30)
@given(body=st.binary(max_size=4000), times=st.integers(1, 40))
def test_round_trip(encoding: str, body: bytes, times: int) -> None:
    body *= times
    assert decode(ENCODERS[encoding](body), [encoding], 0) == Decoded(body)


@given(body=st.binary(max_size=400))
def test_deflate_without_its_header(body: bytes) -> None:
    assert decode(raw_deflate(body), ["deflate"], 0) == Decoded(body)


@pytest.mark.parametrize("encoding", ENCODERS)
@settings(max_examples=50)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_stream_cut_anywhere_is_never_whole(encoding: str, share: float) -> None:
    whole = ENCODERS[encoding](PAGE)
    decoded = decode(whole[: int(len(whole) * share)], [encoding], 0)
    assert decoded.fault
    assert PAGE.startswith(decoded.body)


@pytest.mark.parametrize("encoding", ENCODERS)
def test_the_last_byte_counts(encoding: str) -> None:
    assert decode(ENCODERS[encoding](PAGE)[:-1], [encoding], 0).fault


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_bomb_is_cut(encoding: str) -> None:
    bomb = ENCODERS[encoding](bytes(30 * 2**20))
    decoded = decode(bomb, [encoding], 2**20)
    assert decoded.too_large
    assert len(decoded.body) <= 2**20


def test_the_limit_holds_for_every_stage() -> None:
    assert decode(gzip.compress(gzip.compress(bytes(2**22))), ["gzip", "gzip"], 2**20).too_large
    assert decode(gzip.compress(gzip.compress(PAGE)), ["gzip", "gzip"], 2**20) == Decoded(PAGE)


def test_several_members_are_one_body() -> None:
    assert decode(gzip.compress(b"a") + gzip.compress(b"b"), ["gzip"], 0) == Decoded(b"ab")
    assert decode(zstd.compress(b"a") + zstd.compress(b"b"), ["zstd"], 0) == Decoded(b"ab")


def test_what_follows_a_whole_stream_is_ignored() -> None:
    assert decode(gzip.compress(PAGE) + b"\0\0\0", ["gzip"], 0) == Decoded(PAGE)


def test_an_encoding_we_do_not_know_is_left() -> None:
    assert decode(gzip.compress(b"a"), ["dcb", "gzip"], 0) == Decoded(b"a", unknown=("dcb",))


def test_a_flipped_bit_is_damage() -> None:
    body = bytearray(gzip.compress(PAGE))
    body[-6] ^= 1  # of the checksum
    assert "damaged" in decode(bytes(body), ["gzip"], 0).fault


def test_plain_text_under_a_label() -> None:
    assert mislabelled(b"<html>", ["gzip"])
    assert not mislabelled(gzip.compress(b"<html>"), ["gzip"])
    assert not mislabelled(b"\x1f", ["gzip"])
    assert not mislabelled(b"<html>", ["br"])
    assert not mislabelled(b"<html>", [])
