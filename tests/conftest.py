"""What every test stands on: examples that hypothesis draws are the same in every run."""

from hypothesis import settings

settings.register_profile("baclo", deadline=None, derandomize=True, database=None, print_blob=False)
settings.load_profile("baclo")
