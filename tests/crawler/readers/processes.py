"""The processes that a test has started by itself."""

import psutil

from tests.warm_start import warm_start


def children(*, recursive: bool = False) -> list[psutil.Process]:
    """All but the one that other tests' crawls are forked from."""
    aside = {warm_start().pid} if warm_start.cache_info().currsize else set()
    found = [child for child in psutil.Process().children() if child.pid not in aside]
    return [*found, *(each for child in found for each in child.children(recursive=True))] if recursive else found
