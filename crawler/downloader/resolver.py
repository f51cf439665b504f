"""Name resolution that gives public addresses only: what it returns is what is dialled."""

import ipaddress
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.datatypes import LocalCache
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

from crawler.downloader.lookups import Lookups
from crawler.list_settings import early_list

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Python 3.11 calls these global. Relays, translators and multicast lead elsewhere than they say, the last one is
# Azure's host. https://www.iana.org/assignments/iana-ipv6-special-registry
_NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "224.0.0.0/4",
        "168.63.129.16/32",
        "::/8",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "ff00::/8",
    )
)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The setting ALLOWED_ADDRESSES.

    Raises:
        ValueError: One of them is no network.
    """
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def may_be_dialled(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Whether the address is global unicast, or in one of the networks that are allowed beside.

    Raises:
        ValueError: It is no IP address.

    >>> may_be_dialled("8.8.8.8"), may_be_dialled("10.0.0.1"), may_be_dialled("::ffff:127.0.0.2")
    (True, False, False)
    >>> may_be_dialled("127.0.0.1", networks(["127.0.0.0/8"]))
    True
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip in network for network in allowed):
        return True
    return ip.is_global and not any(ip in network for network in _NEVER)


@implementer(IResolutionReceiver)
class _Vetting:
    """Passes on the addresses that may be dialled.

    The receiver is an IResolutionReceiver; type checkers cannot read zope's interfaces.
    """

    def __init__(self, receiver: Any, resolver: "PublicResolver", host: str) -> None:  # noqa: ANN401  # see above
        self._receiver = receiver
        self._resolver = resolver
        self._host = host
        self._refused: list[str] = []
        self._passed = False

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803  # Twisted's names
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802  # Twisted's name
        host = str(getattr(address, "host", ""))
        if may_be_dialled(host, self._resolver.allowed):
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._refused.append(host)

    def resolutionComplete(self) -> None:  # noqa: N802  # Twisted's name
        if self._refused and not self._passed:
            self._resolver.refused[self._host] = ", ".join(dict.fromkeys(self._refused))
        self._receiver.resolutionComplete()


class PublicResolver(CachingHostnameResolver):
    """Resolves names and address literals, and keeps back every address that is not public (for TWISTED_DNS_RESOLVER).

    The check stands where the connection is made, so neither another spelling of an address, nor a redirect, nor a
    name that changes its address between two look-ups gets past it. IPv4 and IPv6.

    Settings:
        ALLOWED_ADDRESSES: Networks to allow beside, such as `["127.0.0.0/8"]`.
        DNS_TIMEOUT: Seconds that a name may take.

    Attributes:
        refused: Of hosts that led nowhere else, the addresses; `Addresses` words the refusal with it.
    """

    def __init__(self, reactor: "ReactorBase", cache_size: int) -> None:
        super().__init__(reactor, cache_size)
        self.allowed: tuple[Network, ...] = ()
        self.refused: LocalCache[str, str] = LocalCache(1000)

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: "ReactorBase") -> Self:
        resolver = super().from_crawler(crawler, reactor)
        lookups: Any = Lookups(reactor, crawler.settings.getfloat("DNS_TIMEOUT"))
        resolver.original_resolver = lookups
        resolver.allowed = networks(early_list(crawler.settings, "ALLOWED_ADDRESSES"))
        return resolver

    def resolveHostName(  # noqa: N802 - the method of IHostnameResolver that Twisted calls
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - so called in IHostnameResolver
        hostName: str,  # noqa: N803 - so called in IHostnameResolver
        portNumber: int = 0,  # noqa: N803 - so called in IHostnameResolver
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - so called in IHostnameResolver
        transportSemantics: str = "TCP",  # noqa: N803 - so called in IHostnameResolver
    ) -> IHostResolution:
        vetting: Any = _Vetting(resolutionReceiver, self, hostName)
        return super().resolveHostName(vetting, hostName, portNumber, addressTypes, transportSemantics)
