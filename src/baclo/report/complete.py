"""What the shell offers while a command is typed: examples, files and keys, also where bash parts words at colons."""

from glob import escape, glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from baclo.knowledge.library import load
from baclo.report.examples import EXAMPLE, example_rows
from baclo.report.explain import keys

if TYPE_CHECKING:
    Items = list[CompletionItem[Any]]

_FILE = "file"


def cases(incomplete: str) -> "Items":
    """The packaged examples that begin so, and files, unless the word can only be an example."""
    names = [f"{EXAMPLE}{row['name']}" for row in example_rows()]
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return found if incomplete.startswith(EXAMPLE) else [*found, CompletionItem(incomplete, type=_FILE)]


def explained(incomplete: str) -> "Items":
    """The keys that begin so, with their kind before a colon where that is being typed."""
    kind, colon, _ = incomplete.rpartition(":")
    offered = dict.fromkeys(f"{kind}{colon}{key}" for key in keys(load(), kind))
    return [CompletionItem(key) for key in offered if key.startswith(incomplete)]


class ColonBash(BashComplete):
    """Bash hands `example:ms` over as three words, and takes back only what stands after the colon."""

    _parted = False

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one being typed, and that one, each whole again."""
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        for word in (*args, incomplete):
            if words and (word == ":" or words[-1].endswith(":")):
                words[-1] += word
                self._parted = True
            else:
                words.append(word)
                self._parted = False
        return words[:-1], words[-1]

    def get_completions(self, args: list[str], incomplete: str) -> "Items":
        """As click finds them; files by name where others stand beside them, else bash would leave the files out."""
        found = super().get_completions(args, incomplete)
        plain = [item for item in found if item.type != _FILE]
        if plain and len(plain) < len(found):
            plain += [CompletionItem(_slashed(name)) for name in sorted(glob(f"{escape(incomplete)}*"))]
        return [CompletionItem(self._rest(item.value, incomplete)) for item in plain] or found

    def _rest(self, value: str, incomplete: str) -> str:
        before = incomplete.rpartition(":")[0]
        return value[len(before) + 1 :] if self._parted else value


def _slashed(name: str) -> str:
    return f"{name}/" if Path(name).is_dir() else name


def ready() -> None:
    """Let bash be answered by the class above."""
    add_completion_class(ColonBash)
