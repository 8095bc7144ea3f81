"""`python -m baclo` is the command."""

import sys

from baclo.cli import main

sys.exit(main())
