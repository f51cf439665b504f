"""What a worker is made to run in the tests: the body says how it ends."""

import builtins
import os
import signal
import time
from collections.abc import Mapping

from lxml import etree


def read_page(
    body: bytes, url: str, headers: Mapping[str, str], place: str = "", *, known: str = ""
) -> tuple[str, int]:
    """The URL and the worker's process id, unless the body asks for something else."""
    word, _, argument = body.decode().partition(" ")
    match word:
        case "known":
            return f"{place} {known}", os.getpid()
        case "sleep":
            time.sleep(float(argument))
        case "parse":  # quadratic in libxml2, and no signal handler gets a word in
            attributes = " ".join(f"a{number}=1" for number in range(int(argument)))
            etree.HTML(f"<p {attributes}>")
        case "fill":
            return url, len(bytearray(int(argument)))
        case "die":
            os.kill(os.getpid(), getattr(signal, argument))
        case "exit":
            os._exit(int(argument))
        case "raise":
            name, _, detail = argument.partition(" ")
            raise getattr(builtins, name)(detail)
        case "header" if argument:
            return headers[argument], os.getpid()
    return url, os.getpid()
