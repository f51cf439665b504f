"""Time stamps by RFC 3161: an authority is told a digest, and signs that it was told it then."""

import threading
import urllib.error
import urllib.request
from typing import Final

from storage import Archive

_SECONDS: Final = 10.0  # all in all: a crawl is over, and its person waits
_LONGEST: Final = 64 * 2**10  # bytes; an answer with its certificates has some five thousand
_GRANTED: Final = {0, 1}  # PKIStatus of RFC 3161: granted, granted with modifications


class NoTimeStampError(Exception):
    """Raised when an authority does not give one; its message says why."""


def stamp(archive: Archive, authority: str) -> list[str]:
    """Has every manifest signed that is not yet; what is to be told of it. One failure ends it until the next run."""
    told = []
    for run_id, root in archive.unstamped():
        try:
            archive.keep_time_stamp(run_id, time_stamp(root, authority))
        except NoTimeStampError as error:
            told.append(
                f"The manifest of run {run_id} bears no time stamp yet: {error}. It is asked for again after the next"
                " crawl."
            )
            break
        told.append(f"The manifest of run {run_id} bears the time stamp of {authority}.")
    return told


def time_stamp(root: bytes, authority: str) -> bytes:
    """The authority's answer (DER), which is about this root and this very question.

    Whether its certificate is to be trusted is for whoever checks a proof to say.

    Raises:
        NoTimeStampError: The extra is not installed, or nothing came of it in time.
    """
    try:
        from rfc3161_client import (  # noqa: PLC0415 - an optional extra
            HashAlgorithm,
            TimestampRequestBuilder,
            decode_timestamp_response,
        )
    except ImportError as error:
        raise NoTimeStampError("it needs rfc3161-client: install the project with its extra `timestamps`") from error
    question = TimestampRequestBuilder().data(root).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _answer(authority, question.as_bytes())
    try:
        response = decode_timestamp_response(answer)
        status, info = response.status, response.tst_info if response.status in _GRANTED else None
    except ValueError as error:
        raise NoTimeStampError(f"{authority} answered with what is no time stamp ({error})") from error
    if info is None:
        raise NoTimeStampError(f"{authority} refused it (status {status})")
    if info.message_imprint.message != question.message_imprint.message or info.nonce != question.nonce:
        raise NoTimeStampError(f"{authority} answered another question")
    return answer


def _answer(authority: str, question: bytes) -> bytes:
    """What comes back, within ten seconds however slowly its bytes come."""
    found: list[bytes | str] = []
    asking = threading.Thread(target=lambda: found.append(_ask(authority, question)), daemon=True)
    asking.start()
    asking.join(_SECONDS)
    answer = found[0] if found else f"{authority} did not answer within {_SECONDS:.0f} seconds"
    if isinstance(answer, str):
        raise NoTimeStampError(answer)
    return answer


def _ask(authority: str, question: bytes) -> bytes | str:
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        request = urllib.request.Request(authority, question, headers)  # noqa: S310 - the setting takes http alone
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 - that request
            answer: bytes = response.read(_LONGEST + 1)
    except (OSError, ValueError) as error:  # of which HTTPError and URLError are
        return f"{authority} does not answer ({getattr(error, 'reason', None) or error})"
    return answer if len(answer) <= _LONGEST else f"{authority} answered with more than {_LONGEST // 1024} KiB"
