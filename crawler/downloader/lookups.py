"""Look-ups of names that keep nobody waiting: each in a thread of its own, and given up after a while."""

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING, Any, Final, cast

from scrapy.resolver import HostResolution
from scrapy.utils.datatypes import LocalCache
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase

_MOST: Final = 100  # look-ups at once: names that never answer leave their threads behind for a time
_SILENT: Final = 60.0  # seconds for which a name that did not answer is not asked for again


class Lookups:
    """An IHostnameResolver that asks the system.

    The reactor would ask with ten threads that all of it share: ten names that hang fill them for everybody, and its
    end waits for all of them.

    Args:
        reactor: Which is told what was found.
        seconds: That one name may take; what is found later counts for nobody.
    """

    def __init__(self, reactor: "ReactorBase", seconds: float) -> None:
        self._reactor = reactor
        self._seconds = seconds
        self._places = BoundedSemaphore(_MOST)
        self._silent: LocalCache[str, float] = LocalCache(1000)  # name -> until when, monotonic

    def resolveHostName(  # noqa: N802 - the method of IHostnameResolver that Twisted calls
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - so called in IHostnameResolver
        hostName: str,  # noqa: N803 - so called in IHostnameResolver
        portNumber: int = 0,  # noqa: N803 - so called in IHostnameResolver
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - so called in IHostnameResolver
        transportSemantics: str = "TCP",  # noqa: ARG002, N803 - of IHostnameResolver; a crawl asks for nothing but TCP
    ) -> IHostResolution:
        # Type checkers cannot read zope's interfaces: neither that a class has one, nor what it asks for.
        resolution, receiver = cast("Any", HostResolution(hostName)), cast("Any", resolutionReceiver)
        receiver.resolutionBegan(resolution)
        if self._silent.get(hostName, 0.0) > time.monotonic() or not self._places.acquire(blocking=False):
            receiver.resolutionComplete()
            return cast("IHostResolution", resolution)
        late = self._reactor.callLater(self._seconds, self._give_up, hostName, receiver.resolutionComplete)
        wanted = {int(_FAMILIES[kind]) for kind in addressTypes or _FAMILIES if kind in _FAMILIES}
        family = wanted.pop() if len(wanted) == 1 else socket.AF_UNSPEC

        def tell(found: list[IAddress]) -> None:
            if late.active():
                late.cancel()
                for address in found:
                    receiver.addressResolved(address)
                receiver.resolutionComplete()

        def look_up() -> None:
            try:
                found = _addresses(hostName, portNumber, family)
            except (OSError, UnicodeError):
                found = []
            finally:
                self._places.release()
            with suppress(RuntimeError):  # the reactor has ended meanwhile
                self._reactor.callFromThread(tell, found)

        Thread(target=look_up, name=f"look-up of {hostName}", daemon=True).start()
        return cast("IHostResolution", resolution)

    def _give_up(self, name: str, complete: Callable[[], None]) -> None:
        self._silent[name] = time.monotonic() + _SILENT
        complete()


_FAMILIES: Final[dict[Any, int]] = {IPv4Address: socket.AF_INET, IPv6Address: socket.AF_INET6}


def _addresses(host: str, port: int, family: int) -> list[IAddress]:
    found: list[Any] = []
    for kind, _, _, _, address in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM):
        made = IPv4Address if kind == socket.AF_INET else IPv6Address
        found.append(made("TCP", *address))
    return found
