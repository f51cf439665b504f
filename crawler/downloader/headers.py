"""Headers of an answer as text."""

from scrapy.http.headers import Headers


def texts(headers: Headers) -> dict[str, str]:
    """By lower-case name; what came several times is joined as RFC 9110, 5.2 has it."""
    return {name.decode("latin-1").lower(): b", ".join(values).decode("latin-1") for name, values in headers.items()}
