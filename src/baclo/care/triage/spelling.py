"""Words made comparable: no case, accents or endings; and which known words a misspelt one may be."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|(?<=\s)-+(?=\s)|[–—:]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_MARKS = frozenset("-–—:")
_SENTENCE = re.compile(r"[;!?\n()]+|[.,]+(?!\d)")
_ENDINGS = ("ing", "ed", "s")
_KEPT = 3
_SHORTEST = 5
_LONG = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as it was `said`, and its `stem`; a number is its digits.

    `opens` where a pronoun, a helping verb or a dash stood before it, so that a new thought may begin there.
    """

    said: str
    stem: str
    opens: bool = False


def plain(text: str) -> str:
    """Lower case, without accents, with straight apostrophes."""
    marked = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'"))
    return "".join(mark for mark in marked if not unicodedata.combining(mark)).casefold()


def sentences(text: str) -> list[str]:
    """The parts between marks that end a thought; a mark inside a number ends nothing."""
    return [part for part in (piece.strip() for piece in _SENTENCE.split(text)) if part]


def rewriting(rewrites: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """A function that puts each spelling for what it means; what it means begins with a space where it is an ending."""
    meant = dict(rewrites)
    whole = "|".join(re.escape(found) for found, other in meant.items() if not other.startswith(" "))
    ends = "|".join(re.escape(found) for found, other in meant.items() if other.startswith(" "))
    pattern = re.compile(rf"(?<!\w)(?:{whole})(?!\w)|(?:{ends})(?!\w)")
    return lambda text: pattern.sub(lambda match: meant[match[0]], text)


def words(text: str, skip: Collection[str] = (), clause: Collection[str] = ()) -> tuple[Word, ...]:
    """The words of a plain text in order, without those that carry nothing; those of `clause` open a thought."""
    found: list[Word] = []
    opens = False
    for said in (word.removesuffix("'s") for word in _WORD.findall(text)):
        if said in skip or said[0] in _MARKS:
            opens = opens or said in clause or said[0] in _MARKS
        else:
            found.append(Word(said=said, stem=stem(said.replace("'", "")), opens=opens))
            opens = False
    return tuple(found)


def stem(word: str) -> str:
    """The word without a common ending, doubled consonant or last e: `stopped`, `stops` and `stop` are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _KEPT and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > _KEPT and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _KEPT else word


def number_of(word: Word) -> float | None:
    """The number that a word of digits is; a comma or a point before three digits parts the thousands."""
    if not word.said[0].isdigit():
        return None
    if _THOUSANDS.fullmatch(word.said):
        return float(word.said.replace(",", "").replace(".", ""))
    return float(word.said.replace(",", "."))


def alike(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The known stems that `word` may be a misspelling of: one slip apart, two in a long word; none for a short one."""
    if len(word) < _SHORTEST:
        return ()
    slips = 1 if len(word) < _LONG else 2
    return tuple(one for one in known if len(one) >= _SHORTEST and _apart(word, one, slips))


def _apart(one: str, other: str, most: int) -> bool:
    """Whether at most `most` letters were added, left out, changed, or exchanged with their neighbour."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for column, against in enumerate(other, start=1):
            same = before[column - 1] + (letter != against)
            cost = min(same, before[column] + 1, row[column - 1] + 1)
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == against:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
    return row[-1] <= most
