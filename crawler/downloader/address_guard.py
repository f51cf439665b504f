"""URLs that lead to places we do not dial, refused at every hop."""

import ipaddress
import logging
from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from crawler.downloader.refusals import AddressRefused
from crawler.downloader.resolver import PublicResolver, may_be_dialled, networks

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_SCHEMES: Final = {"http": 80, "https": 443}
_PORTS: Final = ("80", "443", "8000-8999")
_LONGEST_NAME, _LONGEST_LABEL = 253, 63
_EVERYWHERE: Final = ipaddress.ip_network("0.0.0.0/0")


class Addresses:
    """Ends as `AddressRefused` what is not http or https, or leads to another port or to an address that is not public.

    Names are vetted by `PublicResolver`, which must be set as TWISTED_DNS_RESOLVER. An HTTP proxy would resolve
    them where nobody can look, so it is refused unless ALLOWED_ADDRESSES holds `0.0.0.0/0`.

    Settings:
        ALLOWED_ADDRESSES: Networks that may be dialled though they are not public, such as `["127.0.0.0/8"]`.
        ALLOWED_PORTS: Ports and ranges, default `["80", "443", "8000-8999"]`; `["any"]` allows all.
    """

    def __init__(self, crawler: "Crawler") -> None:
        self.stats = crawler.stats
        self.networks = networks(crawler.settings.getlist("ALLOWED_ADDRESSES"))
        self.ports = port_ranges(crawler.settings.getlist("ALLOWED_PORTS") or _PORTS)

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        url = urlparse_cached(request)
        if url.scheme not in _SCHEMES:
            self._refuse(f"{request.url} is neither http nor https")
        if not _is_sound(url.hostname or ""):
            self._refuse(f"{request.url} names no host that could be there")
        try:
            port = url.port or _SCHEMES[url.scheme]
        except ValueError as error:
            self._refuse(f"{request.url} has no sound port ({error})")
        if not any(port in ports for ports in self.ports):
            self._refuse(f"{request.url} asks for port {port}, which ALLOWED_PORTS does not name")
        if request.meta.get("proxy") and _EVERYWHERE not in self.networks:
            self._refuse(
                f"{request.url} would go through a proxy, which resolves names itself: "
                "set HTTPPROXY_ENABLED = False, or ALLOWED_ADDRESSES = ['0.0.0.0/0'] to trust it"
            )
        try:
            public = may_be_dialled(url.hostname or "", self.networks)
        except ValueError:
            return  # a name, or a spelling that only the resolver understands
        if not public:
            self._refuse(f"{request.url} leads to {url.hostname}, which is not a public address")

    def _refuse(self, reason: str) -> None:
        if self.stats:
            self.stats.inc_value("addresses/refused")
        raise AddressRefused(reason)


class RefusedNames:
    """Words what `PublicResolver` refused, as `AddressRefused`; stands below `Retry`, which would try it again."""

    def __init__(self, crawler: "Crawler") -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> None:
        if not isinstance(exception, CannotResolveHostError | DNSLookupError):
            return
        from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one: too early above

        resolver = getattr(reactor, "nameResolver", None)
        host = urlparse_cached(request).hostname or ""
        if isinstance(resolver, PublicResolver) and (addresses := resolver.refused.get(host)):
            if self.stats:
                self.stats.inc_value("addresses/refused")
            raise AddressRefused(f"{request.url} leads to {addresses}, which is not a public address") from exception


def _is_sound(host: str) -> bool:
    """Whether a name has the shape that DNS asks of one (RFC 1035, 2.3.4); an address has it, too.

    >>> _is_sound("a..b"), _is_sound("a" * 64 + ".example"), _is_sound("www.a.example."), _is_sound("::1")
    (False, False, True, True)
    """
    name = host.removesuffix(".")
    return len(name) <= _LONGEST_NAME and all(0 < len(label) <= _LONGEST_LABEL for label in name.split("."))


def port_ranges(texts: list[str] | tuple[str, ...]) -> tuple[range, ...]:
    """The setting ALLOWED_PORTS.

    Raises:
        ValueError: One of them is neither a port nor a range.

    >>> port_ranges(["80", "8000-8999"])
    (range(80, 81), range(8000, 9000))
    """
    ranges = []
    for text in map(str, texts):
        first, _, last = text.partition("-")
        ranges.append(range(65536) if text == "any" else range(int(first), int(last or first) + 1))
    return tuple(ranges)
