"""What every test stands on: examples that hypothesis draws are the same in every run.

A property is tried on a hundred inputs, or on as many as BACLO_EXAMPLES says: the full run is
`BACLO_EXAMPLES=1000000 .venv/bin/python -m pytest tests/care/test_plan_properties.py`.
"""

import os

from hypothesis import settings

tried = int(os.environ.get("BACLO_EXAMPLES", "100"))
settings.register_profile("baclo", deadline=None, derandomize=True, database=None, print_blob=False, max_examples=tried)
settings.load_profile("baclo")
