"""How a series counts its stories: on and on, or anew with each year or season."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wangqi.titles.issues import Numbering, numbering_of

Issue = tuple[int, int]  # volume and number


@dataclass(frozen=True, slots=True)
class Counting:
    """The scale on which the numbers of one series can be compared.

    Attributes:
        is_running: Every numbered title prints the number that never begins anew (总第88期), and that one orders them.
    """

    is_running: bool = False
    _parsed: dict[str, Numbering | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, titles: Iterable[str | None]) -> "Counting":
        """The scale of the titles of a series, those of missing stories among them."""
        return cls().over(titles)

    def over(self, titles: Iterable[str | None]) -> "Counting":
        """The same; what this one has read is not read again: several ask for the titles of a long series."""
        numbers = {title: self.numbering(title) for title in titles if title}
        totals = [one.total is not None for one in numbers.values() if one and one.value is not None]
        return Counting(is_running=bool(totals) and all(totals), _parsed=self._parsed)

    def issues(self, title: str | None, ordinal: int | None) -> tuple[Issue, ...]:
        """What the story is of its series: several numbers of a double issue, none of a story without a number.

        The ordinal is what the story is stored with; the title adds the volume and the end of a double issue. A
        running number alone, in a series that else counts anew each year, can be compared with nothing.

        >>> Counting().issues("河口文艺2026年第3、4期合刊", 3), Counting().issues("街坊周刊第12期", 12)
        (((2026, 3), (2026, 4)), ((0, 12),))
        """
        if ordinal is None:
            return ()
        number = self.numbering(title)
        if number is None or number.value != ordinal:
            return ((0, ordinal),)
        if number.total and self.is_running:
            first, last, volume = *number.total, 0
        elif number.total == (number.value, number.last) and not number.volume:
            return ()
        else:
            first, last, volume = ordinal, number.last or ordinal, number.volume
        return tuple((volume, one) for one in range(first, last + 1))

    def issue(self, title: str | None, ordinal: int | None) -> Issue | None:
        """The first of them."""
        return next(iter(self.issues(title, ordinal)), None)

    def numbering(self, title: str | None) -> Numbering | None:
        """The number in a title, of those of the series parsed once."""
        if not title:
            return None
        if title not in self._parsed:
            self._parsed[title] = numbering_of(title)
        return self._parsed[title]
