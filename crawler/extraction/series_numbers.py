"""The names under which extraction asks for the number in a title."""

from wangqi.series.issues import Numbering, fold, numbering_of, ordinal_alone, ordinal_of
from wangqi.text.numerals import spelled as chinese_number

__all__ = ["Numbering", "chinese_number", "fold", "numbering_of", "ordinal_alone", "ordinal_of"]
