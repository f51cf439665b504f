"""Signs of tampering on one text alone, no other copy needed."""

from collections.abc import Collection, Mapping, Sequence

from pipelines.copies.model import Alarm, Finding


def findings(
    text: str,
    *,
    title: str | None = None,
    keywords: str | None = None,
    description: str | None = None,
    host: str | None = None,
    footer: str | None = None,
    registry: Mapping[str, Collection[str]] | None = None,
) -> list[Finding]:
    """All that is suspicious, worst first; an empty list acquits nobody (a verbatim mirror shows nothing).

    Args:
        text: In any form; the spans count in its display form.
        title: As the page's `<title>` or headline says it.
        keywords: Of the page's meta.
        description: Of the page's meta.
        host: That served the page.
        footer: What was cut off the body's end and may hold the 备案号; looked at together with the text.
        registry: Curated: licence number without its suffix (`闽ICP备19017762号`) to the hosts it belongs to.
    """
    raise NotImplementedError


def alarm(findings: Sequence[Finding]) -> Alarm:
    """One word for a page; never "genuine"."""
    raise NotImplementedError
