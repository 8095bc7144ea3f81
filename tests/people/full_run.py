"""Puts every plan of many random people to every property, on all cores; what was done is kept, and gone on from.

    .venv/bin/python tests/people/full_run.py --people 1000000
    .venv/bin/python tests/people/full_run.py --first 200000 --people 50000
    .venv/bin/python tests/people/full_run.py --index 4711

The last shows one person, as the values of the case, with whatever does not hold. Ends with 1 if anything does not.
"""

import argparse
import gc
import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from pprint import pprint

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ |= {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1"}

from tests.people.drawn import person, words_of
from tests.people.planning import quick
from tests.people.properties import violations
from tests.people.violation import Violation

from baclo.knowledge.library import load

ROOT = Path(__file__).parents[2]
CHUNK = 250
PATIENCE_S = 20
Chunk = tuple[int, int]
Found = tuple[int, list[tuple[int, str, str]]]


def tried(chunk: Chunk) -> Found:
    """The violations of one run of people by index, and where the run began."""
    seed, first = chunk
    knowledge = load()
    words = words_of(knowledge)
    found = []
    with quick(knowledge):
        for index in range(first, first + CHUNK):
            found += [(index, one.what, one.seen) for one in _of(seed, index, words)]
    return first, found


def _of(seed: int, index: int, words: object) -> Iterator[Violation]:
    case = person(words, seed, index)  # type: ignore[arg-type]
    signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE_S)  # processor time: a busy machine is no fault of a plan
    try:
        yield from violations(load(), case, seed, index)
    except Exception as error:  # noqa: BLE001 - a crash is a violation like any other, and the run goes on
        yield Violation(what=f"a crash: {type(error).__name__}", seen=str(error))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(*_: object) -> None:
    raise TimeoutError("a plan that is not made in time")


def show(seed: int, index: int) -> int:
    """Print one person and what does not hold of them."""
    knowledge = load()
    words = words_of(knowledge)
    pprint(person(words, seed, index), width=120)
    with quick(knowledge):
        found = list(_of(seed, index, words))
    for one in found:
        print(f"{one.what}: {one.seen}")
    return min(len(found), 1)


def run(seed: int, first_one: int, people: int, cores: int, kept: Path) -> int:
    """Try everybody who has not been tried yet, and say how it went."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    done = dict(_kept(kept))
    left = [(seed, first) for first in range(first_one, first_one + people, CHUNK) if first not in done]
    wrong = sum(len(found) for found in done.values())
    print(f"{len(done) * CHUNK} of {people} people were tried before, {wrong} violations", flush=True)
    load()
    gc.freeze()
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(cores) as pool, kept.open("a") as file:
        for count, (first, found) in enumerate(pool.imap_unordered(tried, left), start=1):
            wrong += len(found)
            file.write(json.dumps({"first": first, "found": found}) + "\n")
            file.flush()
            for index, what, seen in found:
                print(f"person {index}: {what}: {seen}", flush=True)
            if count % 40 == 0 or count == len(left):
                rate = count * CHUNK / (time.monotonic() - began)
                rest_min = (len(left) - count) * CHUNK / rate / 60
                print(
                    f"{count * CHUNK} people, {rate:.0f} a second, {rest_min:.0f} min left, {wrong} violations",
                    flush=True,
                )
    return min(wrong, 1)


def _kept(file: Path) -> Iterator[Found]:
    for line in file.read_text().splitlines() if file.exists() else []:
        row = json.loads(line)
        yield row["first"], row["found"]


def main() -> int:
    """Read the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument(
        "--first", type=int, default=0, help="the index to begin at: what one session does not end, another does"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=int, help="show one person")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kept", type=Path, help="where what was done is kept; a change of the knowledge begins anew")
    asked = parser.parse_args()
    if asked.index is not None:
        return show(asked.seed, asked.index)
    kept = asked.kept or ROOT / "build" / f"people-{asked.seed}-{load().digest[:12]}.jsonl"
    return run(asked.seed, asked.first, asked.people, asked.cores, kept)


if __name__ == "__main__":
    sys.exit(main())
