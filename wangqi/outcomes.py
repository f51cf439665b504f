"""What became of a page: one word, and all that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Outcome = Literal[
    "stored",
    "filled",
    "revised",
    "copy",
    "unchanged",
    "incomplete",
    "tampered",
    "other_story",
    "doubtful",
    "listing",
    "part",
    "failed",
    "truncated",
    "blocked",
    "unreadable",
    "dead",
    "gone",
    "soft_404",
    "not_story",
    "too_large",
    "robots",
    "out_of_scope",
]
# What a changed page means: for its text `substantive` or `cosmetic` (only points, spaces or the script differ), for
# its list `list_only`, for our reading of the same bytes `reread`, for the page `other_story`, `tampered`, `doubtful`,
# `truncated`, `cleaned`, `became_block` or `deleted`.
Change = Literal[
    "substantive",
    "cosmetic",
    "list_only",
    "reread",
    "other_story",
    "tampered",
    "doubtful",
    "truncated",
    "cleaned",
    "became_block",
    "deleted",
]
# `story`: the page carries a story of the archive. `listing`: it lists others. `retried`: the visit failed, and a later
# one may not. `part`: a piece of another page's story, asked for by that page. `final`: once it is believed, later
# visits would bring the same.
Stand = Literal["story", "listing", "retried", "part", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a word says of its page.

    Attributes:
        visits: So many in a row must end so before it is believed (see `series.revisits`).
        is_new_text: The visit brought a text that the archive had not.
        is_known_elsewhere: The story is held from another page.
        is_held: The visit brought a text that a stranger could have put there: the one before it stands.
        is_failure: The page may still come right, or hides what it holds: a run that ends so is not complete.
        is_our_choice: Its series' limits, not its server, keep it from being read.
        ends_story_as: What the word means for a page that carried a story before.
    """

    stand: Stand
    visits: int = 1
    is_new_text: bool = False
    is_known_elsewhere: bool = False
    is_held: bool = False
    is_failure: bool = False
    is_our_choice: bool = False
    ends_story_as: Change | None = None


# In the order in which a person wants to read of them.
OUTCOMES: Final[Mapping[Outcome, Traits]] = MappingProxyType(
    {
        "stored": Traits(stand="story", is_new_text=True),
        "filled": Traits(stand="story", is_new_text=True),  # not from the page itself, but from who had held it
        "revised": Traits(stand="story", is_new_text=True),
        "copy": Traits(stand="story", is_known_elsewhere=True),
        "unchanged": Traits(stand="story"),
        "incomplete": Traits(stand="story", is_failure=True),  # a part of the story did not come
        "tampered": Traits(stand="story", is_held=True, is_failure=True),
        "other_story": Traits(stand="story", is_held=True, is_failure=True),
        "doubtful": Traits(stand="story", is_held=True, is_failure=True),
        "listing": Traits(stand="listing"),
        "part": Traits(stand="part"),
        "failed": Traits(stand="retried", visits=8, is_failure=True),
        "truncated": Traits(stand="retried", visits=8, is_failure=True),
        "blocked": Traits(stand="retried", visits=8, is_failure=True, ends_story_as="became_block"),
        "unreadable": Traits(stand="final", visits=4, is_failure=True),
        "dead": Traits(stand="final", is_failure=True),
        "gone": Traits(stand="final", visits=4, ends_story_as="deleted"),
        "soft_404": Traits(stand="final", visits=4, ends_story_as="deleted"),
        "not_story": Traits(stand="final", visits=4),
        "too_large": Traits(stand="final"),
        "robots": Traits(stand="final"),
        "out_of_scope": Traits(stand="final", is_our_choice=True),
    }
)

# The change that is our own: the same bytes were read by another version of the code, or by another rule.
REREAD: Final = "reread"

STORIES: Final = frozenset(word for word, its in OUTCOMES.items() if its.stand == "story")
NEW_TEXTS: Final = frozenset(word for word, its in OUTCOMES.items() if its.is_new_text)
# The page is known to be a story of its own.
PRODUCTIVE: Final = frozenset(
    word for word in STORIES if not OUTCOMES[word].is_known_elsewhere and not OUTCOMES[word].is_held
)
# A revision that it brought is kept, and does not stand; of `truncated` only where the answer was read all the same.
HELD: Final = frozenset(word for word, its in OUTCOMES.items() if its.is_held) | {"truncated"}
RETRIED: Final = frozenset(word for word, its in OUTCOMES.items() if its.stand == "retried")
FINAL: Final = frozenset(word for word, its in OUTCOMES.items() if its.stand == "final")
FAILURES: Final = frozenset(word for word, its in OUTCOMES.items() if its.is_failure)
# A named story that is believed to end so is accounted for: it is known never to come.
ACCOUNTED: Final = FINAL - FAILURES
# Final, and may be so no longer when somebody looks again. The limits of a series mean what they say.
WORTH_ANOTHER_LOOK: Final = frozenset(word for word in FINAL | RETRIED if not OUTCOMES[word].is_our_choice)
