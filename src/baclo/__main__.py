"""`baclo` and `python -m baclo`: the command, guarded from its first import on."""

import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command and give its exit code; an interrupt while it is being imported ends it quietly too."""
    try:
        from baclo.cli import main as command

        return command()
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
