"""Every small change to a source file that a test ought to notice: one at a time, as text that can be compiled.

Changed are comparisons, arithmetic, boolean words, numbers, what is returned, whole statements, conditions, and
`min`, `any`, `floor` and their opposites. Words, annotations, decorators and docstrings are left alone.
"""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_OPPOSITES = {"min": "max", "any": "all", "floor": "ceil"}
_SWAPPED = _OPPOSITES | {after: before for before, after in _OPPOSITES.items()}
_REMOVED = (ast.Assign, ast.AugAssign, ast.Raise, ast.Expr, ast.Continue, ast.Break)
_LEFT_ALONE = ("annotation", "returns", "decorator_list", "type_params")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: in which function or table, from what to what, the how-many-th of its like, and the changed text."""

    function: str
    line: int
    before: str
    after: str
    nth: int
    text: str

    @property
    def name(self) -> tuple[str, str, str, int]:
        """What it is called in the list of survivors; moving lines does not change it."""
        return self.function, self.before, self.after, self.nth


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a source file, in the order of its nodes."""
    tree = ast.parse(text)
    seen: dict[tuple[str, str, str], int] = {}
    for place in _places(tree, ()):
        for before, after, replacement in _changes(place):
            name = ".".join(place.within), before, after
            seen[name] = seen.get(name, -1) + 1
            place.put(replacement)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            place.put(place.node)
            yield Mutant(function=name[0], line=place.line, before=before, after=after, nth=seen[name], text=changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a node hangs: its parent, the field, the index where the field is a list, and the names around it."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    within: tuple[str, ...]

    @property
    def line(self) -> int:
        return int(getattr(self.node, "lineno", getattr(self.parent, "lineno", 0)))

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(parent: ast.AST, within: tuple[str, ...]) -> Iterator[_Place]:
    within += _names(parent)
    for field, value in ast.iter_fields(parent):
        if field in _LEFT_ALONE:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not isinstance(node, ast.JoinedStr) and not _is_strict(node):
                inside = within + _key(parent, field, index)
                yield _Place(parent=parent, field=field, index=index, node=node, within=inside)
                yield from _places(node, inside)


def _is_strict(node: ast.AST) -> bool:
    """Whether this asks that what is paired has one length, which no right program hangs on."""
    return isinstance(node, ast.keyword) and node.arg == "strict"


def _names(node: ast.AST) -> tuple[str, ...]:
    """The name that a definition gives to what is within it."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return (node.target.id,)
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return (node.targets[0].id,)
    return ()


def _key(parent: ast.AST, field: str, index: int | None) -> tuple[str, ...]:
    """The key under which a value of a written-out table stands."""
    if not isinstance(parent, ast.Dict) or field != "values" or index is None:
        return ()
    key = parent.keys[index]
    return (str(key.value),) if isinstance(key, ast.Constant) else ()


def _changes(place: _Place) -> Iterator[tuple[str, str, ast.AST]]:
    """(before, after, the node to put there) for each change of the node; a lone number is shown in what holds it."""
    node = place.node
    for replacement in _replacements(place):
        shown = place.parent if isinstance(node, ast.Constant) and not isinstance(place.parent, ast.arguments) else node
        before = _words(shown)
        if shown is node:
            yield before, _words(replacement), replacement
        else:
            place.put(replacement)
            after = _words(shown)
            place.put(node)
            yield before, after, replacement


def _words(node: ast.AST) -> str:
    """The code of a node on one line; of a compound statement only its head."""
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split("\n")[0].split())


def _replacements(place: _Place) -> Iterator[ast.AST]:
    node = place.node
    if isinstance(node, ast.stmt):
        yield from _statements(node)
    elif isinstance(node, ast.comprehension):
        for index in range(len(node.ifs)):
            changed = deepcopy(node)
            del changed.ifs[index]
            yield changed
    elif isinstance(node, ast.expr):
        yield from _expressions(node)
        if place.field == "test" and not isinstance(node, ast.Compare | ast.UnaryOp):
            yield ast.UnaryOp(op=ast.Not(), operand=node)


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.Expr(value=ast.YieldFrom(value=ast.Tuple(elts=[], ctx=ast.Load())))
    elif isinstance(node, _REMOVED) and _names(node) != ("__all__",):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and not (node.value is None or _is_none(node.value)):
        yield ast.Return(value=ast.Constant(value=None))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _expressions(node: ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            for other in _COMPARED[type(op)]:
                ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
                yield ast.Compare(left=node.left, ops=ops, comparators=node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        yield ast.BinOp(left=node.left, op=_COMPUTED[type(node.op)](), right=node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(op=ast.And() if isinstance(node.op, ast.Or) else ast.Or(), values=node.values)
        for index in range(len(node.values)):
            values = [*node.values[:index], *node.values[index + 1 :]]
            yield values[0] if len(values) == 1 else ast.BoolOp(op=node.op, values=values)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)
    elif isinstance(node, ast.Name) and node.id in _SWAPPED:
        yield ast.Name(id=_SWAPPED[node.id], ctx=node.ctx)
    elif isinstance(node, ast.Attribute) and node.attr in _SWAPPED:
        yield ast.Attribute(value=node.value, attr=_SWAPPED[node.attr], ctx=node.ctx)


def _constants(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(value=not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value=value + 1)
        yield ast.Constant(value=value - 1)
