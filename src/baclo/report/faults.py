"""How an error is told: whose it is, in words for a terminal, and the problems of a case for a machine."""

import json
import traceback

from baclo.errors import BacloError, EngineError, InputProblems, KnowledgeError


def yours(wrong: Exception) -> bool:
    """Whether an error lies in what was entered or asked for, not in the program or its data."""
    return isinstance(wrong, OSError | BacloError) and not isinstance(wrong, KnowledgeError | EngineError)


def told(wrong: Exception, *, debug: bool) -> str:
    """The error in words, with what had been written before it; of our own faults where they arose if `debug`."""
    notes: list[str] = getattr(wrong, "__notes__", [])
    if yours(wrong):
        return "\n".join([said(wrong), *notes])
    trace = "".join(traceback.format_exception(wrong)) if debug else ""
    fault = f"A fault in baclo, not in your case: {type(wrong).__name__}: {wrong}"
    return f"{trace}{fault}\n{' '.join(notes or ['Nothing was written.'])} `baclo --debug ...` shows where."


def said(wrong: Exception) -> str:
    """An error that is not ours in words: every problem of a case, or the file and what is wrong with it."""
    if isinstance(wrong, InputProblems):
        count = len(wrong.problems)
        heading = f"The case cannot be read: {count} problem{'s' if count > 1 else ''}"
        return "\n".join([heading, *(f"  {problem}" for problem in wrong.problems)])
    if isinstance(wrong, OSError):
        return f"{wrong.filename or 'file'}: {wrong.strerror or wrong}"
    return str(wrong)


def problems_json(problems: InputProblems) -> str:
    """Every problem of a case as JSON: path, message, value, allowed."""
    rows = [
        {"path": one.path, "message": one.message, "value": one.value, "allowed": one.allowed}
        for one in problems.problems
    ]
    return json.dumps({"problems": rows}, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
