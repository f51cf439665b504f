"""Which hosts are one site: those below one registrable domain, by the Public Suffix List. Pure.

Its private part counts, too: `one.github.io` and `other.github.io` are two people's. So does its last rule: a suffix
that it does not know is the last label (https://publicsuffix.org/list/, "Algorithm").
"""

from functools import cache, lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def suffixes() -> "TLDExtract":
    """The packaged list: no request, no file. It is loaded when somebody first asks, for a tenth of a second."""
    import tldextract  # noqa: PLC0415 - see above

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """The registrable domain of a host in lower case, or the host itself where there is none.

    >>> site_of("m.news.example.org"), site_of("www.city.gov.cn"), site_of("www.gmw.cn"), site_of("m.gmw.cn")
    ('example.org', 'city.gov.cn', 'gmw.cn', 'gmw.cn')
    >>> site_of("m.ferry.example"), site_of("ferry.example")
    ('ferry.example', 'ferry.example')
    >>> site_of("one.github.io"), site_of("other.github.io"), site_of("github.io")
    ('one.github.io', 'other.github.io', 'github.io')
    >>> site_of("localhost"), site_of("192.0.2.1"), site_of("[2001:db8::1]")
    ('localhost', '192.0.2.1', '[2001:db8::1]')
    """
    found = suffixes()(host)
    if found.suffix or _is_address(host):
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
