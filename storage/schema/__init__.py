"""The tables, as typed declarations. `docs/tables.md` explains them to people with a SQL client."""

from storage.schema.columns import metadata
from storage.schema.copies import (
    decision,
    finding,
    host,
    lsh_band,
    paragraph,
    relation,
    sentence,
    sketch,
    spin_pair,
    spin_sighting,
)
from storage.schema.crawling import capture, doubt, manifest, page, payload, ruling, run, series, share
from storage.schema.files import file, file_text, image
from storage.schema.scheduling import call, incident, notice, scheduler
from storage.schema.stories import mention, revision, story, text

__all__ = [
    "call",
    "capture",
    "decision",
    "doubt",
    "file",
    "file_text",
    "finding",
    "host",
    "image",
    "incident",
    "lsh_band",
    "manifest",
    "mention",
    "metadata",
    "notice",
    "page",
    "paragraph",
    "payload",
    "relation",
    "revision",
    "ruling",
    "run",
    "scheduler",
    "sentence",
    "series",
    "share",
    "sketch",
    "spin_pair",
    "spin_sighting",
    "story",
    "text",
]
