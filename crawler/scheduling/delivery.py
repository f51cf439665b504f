"""A notice on its way, through apprise; the address it goes to is a secret, and shows up nowhere."""

import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from crawler.catalogue.channels import Secret

MISSING: Final = "notices need the extra `notify`: pip install 'wangqi[notify]'"
# They tell addresses: apprise that of a channel, the others those of its requests.
_TALKERS: Final = ("apprise", "urllib3", "requests", "smtplib")
_PIECE: Final = re.compile(r"[^\s/:@?&=.,]{4,}")
_LONGEST: Final = 300  # characters of what a channel has answered


def send(address: Secret, subject: str, body: str) -> str | None:
    """Sends it; None when the channel has taken it, else why it has not."""
    target = str(address)
    if target.startswith("$"):
        target = os.environ.get(target[1:], "")
        if not target:
            return f"the environment has no {address}, which is to hold the address"
    with _overheard() as said:
        try:
            import apprise  # noqa: PLC0415 - an optional extra, of half a second

            channel = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Wangqi", app_desc="archive of article series"))
            if not channel.add(target):
                return "apprise cannot read its address: https://appriseit.com/services/ has the forms"
            if channel.notify(title=subject, body=body, body_format=apprise.NotifyFormat.TEXT):
                return None
        except ImportError:
            return MISSING
        except Exception as error:  # noqa: BLE001 - 130 services: whatever one raises, the notice stays and is tried again
            said.append(f"{type(error).__name__}: {error}")
    return _without(target, "; ".join(said) or "the channel did not take it")[:_LONGEST]


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Keeps what these loggers say, and lets none of it out."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                said.append(record.getMessage())

    ear, before = Ear(), []
    for name in _TALKERS:
        logger = logging.getLogger(name)
        before.append((logger, logger.propagate, logger.level))
        logger.propagate = False
        logger.setLevel(logging.WARNING)
        logger.addHandler(ear)
    try:
        with warnings.catch_warnings():  # its plugins stand in for modules that Python will drop, and load them first
            warnings.simplefilter("ignore")
            yield said
    finally:
        for logger, propagate, level in before:
            logger.removeHandler(ear)
            logger.propagate = propagate
            logger.setLevel(level)


def _without(secret: str, text: str) -> str:
    """The text with nothing in it that is a piece of the secret."""
    for piece in sorted(_PIECE.findall(secret.partition("://")[2]), key=len, reverse=True):
        text = text.replace(piece, "…")
    return text
