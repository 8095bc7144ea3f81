"""Reads plain words: which symptoms, which measurements, what was denied, and what could not be read.

Every sentence is read by itself, so that no sentence can take away what another has said. Reading only ever adds: a
word that is near a known one counts as that and is asked about, a denial takes nothing but the phrase directly after
it, and whatever is left over is unread, which is a reason to call.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from baclo.care.triage.ages import young
from baclo.care.triage.amounts import too_much
from baclo.care.triage.lexicon import Lexicon, Phrase, lexicon
from baclo.care.triage.measured_words import measured
from baclo.care.triage.spelling import Word, alike, number_of, sentences
from baclo.case.timeline import Observation
from baclo.knowledge.library import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A symptom that was read in `said`; not `sure` where a word of it was only near a known one."""

    symptom: str
    said: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What some sentences say: `denied` are symptoms said not to be there, `unread` what was not understood."""

    told: tuple[Told, ...]
    observations: tuple[Observation, ...]
    denied: tuple[str, ...]
    unread: tuple[str, ...]


def hear(knowledge: Knowledge, said: Sequence[str], at: datetime) -> Heard:
    """What was said in plain words at a moment; measurements that are spoken of count as made then."""
    if not said:
        return Heard(told=(), observations=(), denied=(), unread=())
    book = lexicon(knowledge)
    parts = [_sentence(knowledge, book, sentence, at) for text in said for sentence in sentences(text)]
    told = tuple(dict.fromkeys(one for part in parts for one in part.told))
    there = {one.symptom for one in told}
    return Heard(
        told=told,
        observations=tuple(one for part in parts for one in part.observations),
        denied=tuple(dict.fromkeys(one for part in parts for one in part.denied if one not in there)),
        unread=tuple(dict.fromkeys(one for part in parts for one in part.unread)),
    )


def _sentence(knowledge: Knowledge, book: Lexicon, sentence: str, at: datetime) -> Heard:
    words = book.reader.read(sentence)
    stems = [{word.stem} for word in words]
    used: set[int] = set()
    told: list[Told] = []
    denied: list[str] = []
    for phrase, place, before in _in_order(book, words, stems):
        places = set(range(place, place + len(phrase.stems)))
        if places <= used or (phrase.absent and before):
            continue
        used |= places | set(before)
        if phrase.absent or before:
            denied.append(phrase.symptom)
        else:
            told.append(Told(symptom=phrase.symptom, said=sentence, sure=True))
    for phrase, places in _scattered(book, words, stems, used):
        used |= places
        told.append(Told(symptom=phrase.symptom, said=sentence, sure=True))
    for symptom, places in (*_aged(knowledge, book, words), *too_much(knowledge, book.rows, words)):
        used |= places
        told.append(Told(symptom=symptom, said=sentence, sure=True))
    spoken = measured(knowledge, book.rows, words, used, at)
    used |= spoken.places
    told += [Told(symptom=symptom, said=sentence, sure=True) for symptom in spoken.alone]
    for symptom, places in _near(book, words, stems, used):
        used |= places
        said = " ".join(words[place].said for place in sorted(places))
        told.append(Told(symptom=symptom, said=said, sure=False))
    unread = any(_left(book, word, place, used) for place, word in enumerate(words))
    if unread and _vital(book, words):
        told.append(Told(symptom=book.rows["vital"]["symptom"], said=sentence, sure=False))
    return Heard(
        told=tuple(told),
        observations=spoken.observations,
        denied=tuple(denied),
        unread=(sentence,) if unread else (),
    )


def _in_order(
    book: Lexicon, words: Sequence[Word], stems: Sequence[set[str]]
) -> Iterator[tuple[Phrase, int, tuple[int, ...]]]:
    """Phrases said word after word with where they begin and the places of what denies them: negative ones first."""
    there = set().union(*stems) if stems else set()
    found = [phrase for phrase in book.phrases if there.issuperset(phrase.stems)]
    for phrase in sorted(found, key=lambda one: not one.negative):
        for place in range(len(stems) - len(phrase.stems) + 1):
            said = all(stem in stems[place + step] for step, stem in enumerate(phrase.stems))
            if said and not (phrase.absent and _answers(book, words, place, place + len(phrase.stems))):
                yield phrase, place, _denial(book, words, stems, phrase, place)


def _denial(
    book: Lexicon, words: Sequence[Word], stems: Sequence[set[str]], phrase: Phrase, place: int
) -> tuple[int, ...]:
    """The places of a no or a not that stands before the phrase with nothing but light words between; else none."""
    if phrase.negative or phrase.undeniable or any(not book.undoing.isdisjoint(stem) for stem in stems):
        return ()
    before = place - 1
    while before >= 0 and not book.light.isdisjoint(stems[before]):
        before -= 1
    if _denies(book, words, stems, before, place + len(phrase.stems)):
        return tuple(range(before, place))
    return ()


def _denies(book: Lexicon, words: Sequence[Word], stems: Sequence[set[str]], place: int, stop: int) -> bool:
    """Whether the word at a place denies what stands after it, up to `stop`.

    A bare no before a new thought is an answer and denies nothing of it: "tired? no he is unconscious".
    """
    if place < 0 or book.negators.isdisjoint(stems[place]):
        return False
    return not _answers(book, words, place, stop)


def _answers(book: Lexicon, words: Sequence[Word], place: int, stop: int) -> bool:
    """Whether a bare no stands at a place, and a new thought begins after it, before `stop`."""
    opened = any(word.opens or word.said in book.reader.clause for word in words[place + 1 : stop])
    return opened and words[place].stem in book.answers


def _scattered(
    book: Lexicon, words: Sequence[Word], stems: Sequence[set[str]], used: set[int]
) -> Iterator[tuple[Phrase, set[int]]]:
    """Phrases whose words were said in another order, or with up to two words between them, and none of them a no."""
    there = set().union(*stems) if stems else set()
    for phrase in book.phrases:
        size = len(phrase.stems)
        if size > 1 and not phrase.negative and not phrase.absent and there.issuperset(phrase.stems):
            for start in range(len(stems)):
                window = range(start, min(start + size + 2, len(stems)))
                places = {place for place in window if not stems[place].isdisjoint(phrase.stems)}
                spread = range(min(places, default=0), max(places, default=0) + 1)
                whole = set().union(*(stems[place] for place in places)).issuperset(phrase.stems)
                denied = any(_denies(book, words, stems, place, spread.stop) for place in (spread.start - 1, *spread))
                if whole and not denied and not places <= used:
                    yield phrase, places
                    break


def _aged(knowledge: Knowledge, book: Lexicon, words: Sequence[Word]) -> Iterator[tuple[str, set[int]]]:
    """That a child is spoken of by its age, and what is said by words that belong together."""
    child = young(knowledge, book.rows, words)
    if child:
        yield book.rows["young"]["symptom"], child
    yield from _together(book, words, child)


def _together(book: Lexicon, words: Sequence[Word], child: set[int]) -> Iterator[tuple[str, set[int]]]:
    """What is said by one word of each of some rows, wherever they stand; an age of a child is a word of `child`."""
    for row in book.rows["together"]:
        places = [[place for place, word in enumerate(words) if word.said in names] for names in row["rows"]]
        if row.get("child", False):
            places[0] += child
        if all(places):
            yield row["symptom"], {place for group in places for place in group}


def _near(
    book: Lexicon, words: Sequence[Word], stems: Sequence[set[str]], used: set[int]
) -> list[tuple[str, set[int]]]:
    """Symptoms that unread words would be if they were misspelt, with their places."""
    known = book.known - book.filler
    guesses = [
        set(alike(word.stem, known)) if _left(book, word, place, used) else stems[place]
        for place, word in enumerate(words)
    ]
    found = []
    for phrase, place, before in _in_order(book, words, guesses):
        places = set(range(place, place + len(phrase.stems)))
        guessed = any(guesses[one] is not stems[one] for one in places)
        if guessed and not before and not phrase.absent:
            found.append((phrase.symptom, places))
    return found


def _vital(book: Lexicon, words: Sequence[Word]) -> bool:
    """Whether a sentence denies something of breathing, waking or living, in whatever words."""
    row = book.rows["vital"]
    return all(any(word.said in row[kind] for word in words) for kind in ("words", "denied"))


def _left(book: Lexicon, word: Word, place: int, used: set[int]) -> bool:
    """Whether a word has not been read and says something."""
    return place not in used and word.stem not in book.filler and not _is_number(book, word)


def _is_number(book: Lexicon, word: Word) -> bool:
    return number_of(word) is not None or word.said in book.rows["numbers"]
