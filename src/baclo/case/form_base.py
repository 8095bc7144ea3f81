"""What every table of the case file has in common."""

from pydantic import BaseModel, ConfigDict


class Form(BaseModel):
    """A table of the file: no unknown key, no coercion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)
