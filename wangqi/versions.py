"""What a text was read with, as a word beside it: the extractor, and the rule of one's own where there is one. Pure."""

from typing import Final

RULED: Final = "rule of "  # how the name of a rule begins, and the reason why a link that it names is followed
_RULE: Final = "+rule-"


def with_rule(extractor: str, rule: str) -> str:
    """The version of a reading by a rule.

    >>> with_rule("1+trafilatura-2.3.1", "1a2b3c4d")
    '1+trafilatura-2.3.1+rule-1a2b3c4d'
    """
    return f"{extractor}{_RULE}{rule}"


def rule_of(version: str) -> str:
    """The rule of a reading; "" where none was used.

    >>> rule_of("1+trafilatura-2.3.1+rule-1a2b3c4d"), rule_of("1+trafilatura-2.3.1")
    ('1a2b3c4d', '')
    """
    return version.partition(_RULE)[2]
