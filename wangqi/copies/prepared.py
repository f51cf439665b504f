"""A text with all that comparisons ask of it, worked out once however many candidates it is compared with."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from wangqi.copies.alignment.anchors import anchors
from wangqi.copies.shingles import Words, grams
from wangqi.text.forms import key_of_display
from wangqi.text.paragraphs import paragraph_keys
from wangqi.text.sentences import Sentence, sentences


@dataclass(frozen=True)
class Prepared:
    """A text in display form."""

    text: str

    @cached_property
    def key(self) -> str:
        return key_of_display(self.text)

    @cached_property
    def grams(self) -> Words:
        return grams(self.key)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentences(self.text))

    @cached_property
    def anchors(self) -> frozenset[str]:
        return anchors(self.text)

    @cached_property
    def paragraphs(self) -> dict[int, int]:
        """Hash and length of each."""
        return paragraph_keys(self.text)


@lru_cache(maxsize=128)  # the new texts of a group and their candidates, with and without their template
def prepared(text: str) -> Prepared:
    return Prepared(text)
