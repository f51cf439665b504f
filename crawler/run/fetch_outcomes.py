"""How a fetch ends when it brings no story: HTTP statuses and download failures to outcome words. Pure."""

from collections.abc import Mapping

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.downloader.refusals import Refusal
from crawler.run.requests import CONDITIONS
from wangqi.outcomes import Outcome

PART_OF_IT = 206  # no request of ours asks for one
NOT_MODIFIED = 304
# What a person reads when `scrapy why` explains a failed fetch.
_FAILURES: Mapping[type[Exception], str] = {
    DownloadTimeoutError: "the server did not answer in time",
    DownloadConnectionRefusedError: "the server refused the connection",
    CannotResolveHostError: "the host name cannot be resolved",
    ResponseDataLossError: "the answer was cut off",
    DownloadCancelledError: "the answer is larger than DOWNLOAD_MAXSIZE",
    DownloadFailedError: "the connection broke",
}


def outcome_of_status(status: int) -> tuple[Outcome, str] | None:
    """The outcome word and its reason; None for an answer whose body decides."""
    if status == PART_OF_IT:
        return "truncated", "the server answered 206, with a part of the page"
    if 200 <= status < 300:
        return None
    reason = f"the server answered {status}"
    if status in {404, 410}:
        return "gone", reason
    # 412 and 521 are what JavaScript shields of Chinese government sites answer.
    if status in {401, 403, 407, 412, 418, 451, 521}:
        return "blocked", reason
    return "failed", reason


def outcome_of_answer(response: Response) -> tuple[Outcome, str] | None:
    """As `outcome_of_status`; a 304 says nothing of a page that was asked for without conditions."""
    if response.status != NOT_MODIFIED:
        return outcome_of_status(response.status)
    if response.request is None or not any(name in response.request.headers for name in CONDITIONS):
        return "failed", "the server answered 304 to a request without conditions"
    return "unchanged", "the server says that it has not changed"


def outcome_of_failure(failure: Failure) -> tuple[Outcome, str]:
    """As `outcome_of_error`, of what an errback gets."""
    return outcome_of_error(failure.value)


def outcome_of_error(error: BaseException | None) -> tuple[Outcome, str]:
    """The outcome word and its reason, for a request that never got a usable answer."""
    if isinstance(error, Refusal):
        return error.outcome, str(error)
    if isinstance(error, DownloadCancelledError):
        return "too_large", _FAILURES[DownloadCancelledError]
    if isinstance(error, ResponseDataLossError):
        return "truncated", _FAILURES[ResponseDataLossError]
    for kind, words in _FAILURES.items():
        if isinstance(error, kind):
            return "failed", f"{words}: {error}".rstrip(": ")
    if isinstance(error, IgnoreRequest):
        return "failed", str(error) or "the request was refused"
    return "failed", f"{type(error).__name__}: {error}"
