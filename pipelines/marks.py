"""PURE: what a story shows by itself, in the form that the archive keeps."""

from collections.abc import MutableMapping
from dataclasses import asdict
from typing import Any

from pipelines.copies import fingerprint
from pipelines.readings import flaws, original_url
from pipelines.standing import Registry, look
from storage.sanitise import written
from storage.search import index_words


def mark(story: MutableMapping[str, Any], registry: Registry) -> None:
    """Sets `fingerprint` and `words` of an item in normal form, and finishes its `details`."""
    marks = fingerprint(story["match_key"], story["text"])
    seen = look(
        story["text"],
        title=story["title"],
        url=story["url"],
        details=story["details"],
        registry=registry,
        at_home=story["at_home"],
    )
    # Whoever judges the archive once more has to know it, and the catalogue may say otherwise by then.
    details = story["details"]
    story["details"] = written({**story["details"], "at_home": story["at_home"]})
    story["words"] = index_words(story["title"], story["text"])
    story["fingerprint"] = {
        "sketch": marks.sketch,
        "bands": marks.bands,
        "sentences": marks.sentences,
        "sketch_version": marks.version,
        "paragraphs": marks.paragraphs,
        "findings": [asdict(sign) for sign in seen.signs],
        "standing": seen.standing.rank,
        "standing_reason": seen.standing.reason,
        "original_url": original_url(story["url"], details),
        "flaws": flaws(details),
    }
