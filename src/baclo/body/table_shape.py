"""Which keys a model's table may and must have."""

from collections.abc import Iterator, Mapping
from typing import Any

Table = Mapping[str, Any]
_MODEL_REQUIRED = {
    *("title", "publication", "population", "structure", "revisions"),
    *("compartments", "flows", "inputs", "absorptions", "plasma", "csf_ratio", "parameters"),
}
_MODEL_OPTIONAL = {
    *("routes", "vomit", "effects", "variability", "correlations", "residual"),
    *("validity", "no_dialysis", "cautions", "lacked"),
}
_ROWS = {
    # section: (keys that must be there, keys that may)
    "flows": ({"from", "to"}, {"constant", "clearance", "volume", "transit", "stages", "vmax", "km", "during"}),
    "effects": ({"parameter", "kind", "of", "reference"}, {"size", "at_most", "below", "says"}),
    "variability": ({"name", "on", "cv"}, set()),
    "correlations": ({"between", "value"}, set()),
    "validity": ({"of", "hard", "says"}, {"low", "high"}),
    "revisions": ({"on", "what"}, set()),
}
_FLOW_KEYS = ({"constant"}, {"clearance", "volume"}, {"transit", "stages"}, {"vmax", "km", "volume"})


def shape_problems(table: Table) -> Iterator[str]:
    """Every key that is missing or unknown, in the model and in each of its rows."""
    yield from _keys("model", table, _MODEL_REQUIRED, _MODEL_OPTIONAL)
    for section, (required, optional) in _ROWS.items():
        for index, row in enumerate(table.get(section, ())):
            yield from _keys(f"{section}[{index}]", row, required, optional)
    for index, row in enumerate(table.get("flows", ())):
        if set(row) - {"from", "to", "during"} not in _FLOW_KEYS:
            yield f"flows[{index}]: is not one of {[sorted(keys) for keys in _FLOW_KEYS]}"
    for name, row in table.get("inputs", {}).items():
        yield from _keys(f"inputs.{name}", row, {"into"}, {"fraction", "lag", "gut"})
    yield from _keys("plasma", table.get("plasma", {}), {"compartment", "volume"}, set())
    yield from _keys("residual", table.get("residual", {}), set(), {"proportional", "additive"})


def _keys(where: str, table: Table, required: set[str], optional: set[str]) -> Iterator[str]:
    if missing := required - set(table):
        yield f"{where}: missing {sorted(missing)}"
    if unknown := set(table) - required - optional:
        yield f"{where}: unknown {sorted(unknown)}"
