"""How many lines of its smaller print a letter takes, so that it is known before whether all of it has one page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# So many letters stand on a line across the page, on one of the two columns, and in the table's cell of doses.
_ACROSS, _COLUMN, _CELL = 105, 46, 64
# What is on every letter: title, draft, name, headings, the lines to sign, where it is from.
_ALWAYS = 26
# So many lines the page has, and so many of them leave room for larger letters.
_PAGE, _ROOMY = 76, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that a letter says that is not on every letter, by where it stands on the page."""

    doses: tuple[str, ...]
    across: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def fits_one_page(self) -> bool:
        """Whether all of it stands on one page; words are counted, so that it errs to two."""
        return self._lines <= _PAGE

    @property
    def roomy(self) -> bool:
        """Whether it does in larger letters."""
        return self._lines <= _ROOMY

    @property
    def _lines(self) -> int:
        columns = max(_lines(self.left, _COLUMN), _lines(self.right, _COLUMN))
        return _ALWAYS + _lines(self.doses, _CELL) + _lines(self.across, _ACROSS) + columns


def _lines(words: Iterable[str], width: int) -> int:
    return sum(math.ceil(len(one) / width) for one in words)
