"""No number with clinical meaning stands in code: every number that does is in a list, with the reason."""

import ast
import tomllib

ANYWHERE = {0, 1, 2, -1}
THE_TABLE_OF_UNITS = "baclo.units"


def numbers(module):
    """Every number written in a module, but for the two that say nothing and the ones that count."""
    return {
        float(node.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in ANYWHERE
    }


def test_every_number_in_code_is_in_the_list_with_its_reason(root, below):
    listed = tomllib.loads((root / "tests/architecture/numbers_in_code.toml").read_text())
    written = {module.name: numbers(module) for module in below if module.name != THE_TABLE_OF_UNITS}
    excused = {name: {float(n) for row in rows for n in row["numbers"]} for name, rows in listed.items()}
    unlisted = {name: sorted(found - excused.get(name, set())) for name, found in written.items()}
    gone = {name: sorted(numbers - written.get(name, set())) for name, numbers in excused.items()}
    assert {name: found for name, found in unlisted.items() if found} == {}
    assert {name: found for name, found in gone.items() if found} == {}
    assert all(row["reason"] for rows in listed.values() for row in rows)
