"""A float's name ends in its unit; every public name says what it is."""

import ast
import tomllib

import pytest

from baclo.units import UNITS

SPELT = {
    "a": "y",
    "d": "day",
    "wk": "weeks",
    "mo": "months",
    "1": "fraction",
    "%": "percent",
    "Cel": "celsius",
    "mm[Hg]": "mmhg",
    "{score}": "score",
    "in": "inch",
    "mL/min/{1.73_m2}": "ml_per_min_per_1_73m2",
    "ng.h/mL": "ng_h_per_ml",
    "ug.h/L": "ug_h_per_l",
    "mL/d": "ml_per_day",
    "mg/d": "mg_per_day",
    "ug/d": "ug_per_day",
    "/d": "per_day",
    "mg/kg/d": "mg_per_kg_per_day",
}
WITHOUT_DIMENSION = {"fraction", "fractions", "ratio", "years", "days", "hours"}


def spelt(unit):
    return SPELT.get(unit, unit.lower().replace("/", "_per_").lstrip("_"))


SUFFIXES = {spelt(unit) for unit in UNITS} | WITHOUT_DIMENSION


def is_number(annotation):
    """Whether an annotation speaks of floats: `float`, `float | None`, rows and arrays of them; functions are not."""
    if annotation is None or "Callable" in ast.unparse(annotation):
        return False
    words = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    return bool(words & {"float", "Floats"}) or "np.float64" in ast.unparse(annotation)


def ends_in_a_unit(name):
    name = name.lower()
    return name in SUFFIXES or any(name.endswith("_" + suffix) for suffix in SUFFIXES)


def is_dataclass(node):
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def floats(module):
    """Every float of a public class, function or constant, as a dotted name."""
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef) and is_dataclass(node) and not node.name.startswith("_"):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and is_number(field.annotation) and field.target.id[0] != "_":
                    yield f"{node.name}.{field.target.id}", field.target.id
                elif isinstance(field, ast.FunctionDef) and not field.name.startswith("_"):
                    yield from parameters(f"{node.name}.{field.name}", field)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield from parameters(node.name, node)
        elif isinstance(node, ast.AnnAssign) and is_number(node.annotation) and not node.target.id.startswith("_"):
            yield node.target.id, node.target.id


def parameters(owner, function):
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if is_number(argument.annotation):
            yield f"{owner}.{argument.arg}", argument.arg


@pytest.fixture(scope="module")
def allowed(root):
    return tomllib.loads((root / "tests/architecture/names_without_unit.toml").read_text())


def test_a_float_is_named_with_its_unit_or_excused_with_a_reason(below, allowed):
    found = {f"{module.name}.{path}" for module in below for path, name in floats(module) if not ends_in_a_unit(name)}
    excused = {f"{module}.{path}" for module, paths in allowed.items() for path in paths}
    assert sorted(found - excused) == []
    assert sorted(excused - found) == []
    assert all(reason for paths in allowed.values() for reason in paths.values())


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("dose_ug", True),
        ("UG", True),
        ("clearance_ml_per_min", True),
        ("egfr_ml_per_min_per_1_73m2", True),
        ("bioavailability_fraction", True),
        ("ka_per_h", True),
        ("dose", False),
        ("value", False),
        ("bug", False),
    ],
)
def test_the_table_of_suffixes_tells_names_apart(name, ends):
    assert ends_in_a_unit(name) is ends


def undocumented(tree, path):
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield f"{path}.{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from undocumented(node, f"{path}.{node.name}")


def test_every_public_name_says_what_it_is(modules):
    assert [name for module in modules for name in undocumented(module.tree, module.name)] == []


def test_every_module_begins_with_what_it_is_for(modules):
    found = [module.name for module in modules if not (ast.get_docstring(module.tree) or "").strip()]
    assert found == []


def test_no_file_has_a_name_that_says_nothing(modules):
    empty = {"utils", "util", "manager", "service", "base", "common", "misc", "tools"}
    assert [module.name for module in modules if empty & set(module.name.split("."))] == []


def test_values_are_frozen_and_slotted(below):
    found = [
        f"{module.name}.{node.name}"
        for module in below
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and is_dataclass(node)
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator)
        and not {"frozen=True", "slots=True"} <= {ast.unparse(k) for k in getattr(decorator, "keywords", [])}
    ]
    assert found == []
