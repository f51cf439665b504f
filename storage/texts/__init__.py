"""Texts, their fingerprints, and what is found on them."""

from typing import TYPE_CHECKING

from storage.on_demand import modules_of

if TYPE_CHECKING:
    from storage.texts import spin_pairs as spin_pairs
else:
    __getattr__ = modules_of(__name__)
