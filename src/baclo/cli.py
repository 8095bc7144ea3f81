"""The command: parses, calls one function, renders; nothing heavy is imported before a command needs it."""

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

import baclo
from baclo.errors import InputProblems, UnknownKey
from baclo.report.answering import (
    FINE,
    INPUT,
    OURS,
    PLANNED,
    answered,
    colour,
    exit_code,
    rendered,
    width,
    write_text,
)

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from baclo.case.case import Case

INTERRUPTED = 130
_CLOSED_PIPE = 141
_FILE = click.Path()
_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
_COMPLETING = "_BACLO_COMPLETE"
_QUESTIONS = {
    "run": "Answer the question written in CASE.",
    "simulate": "Show what the drug does as it is given in CASE.",
    "check": "Hold CASE against every rule: each holds, does not, or is not known.",
    "titrate": "Plan from nothing, or from the dose taken now, up to the goal of CASE; or refuse.",
    "monitor": "Say what the scores of CASE say, what is overdue, and what is checked when.",
    "taper": "Plan down from the dose taken now, to nothing or to the goal of CASE.",
    "resume": "Say what to take after the missed, late or vomited doses of CASE, or that nobody may say so here.",
    "prepare": "Date what is to be done for what lies ahead of CASE: operation, illness, journey, scan, birth.",
    "escalate": "List what must be true before a pump is considered for CASE: so, not so, or not known.",
}
# What a question can write, and which of it only a plan or dated things fill: these two questions have neither.
_FORMS = {
    "json": "Write the outcome as JSON (see baclo schema outcome).",
    "html": "Write the whole report as one HTML file.",
    "csv": "Write the plan's doses, what is due and the courses as one CSV table.",
    "ics": "Write doses, steps and what is due as a calendar file, with alarms.",
    "calendar": "Write the plan in tablets as one HTML page to print, for the person and who helps.",
    "letter": "Write the plan as one HTML page to print, for the general practitioner.",
}
_UNPLANNED = ("simulate", "check")
_CASE_WORDS = "CASE is a file (TOML, or JSON), - for standard input, or example:NAME."
_FILE_WORDS = "FILE may be - for standard output; then no other report goes there."


def _cases(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> "list[CompletionItem[Any]]":
    from baclo.report.complete import cases

    return cases(incomplete)


def _keys(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> "list[CompletionItem[Any]]":
    from baclo.report.complete import explained

    return explained(incomplete)


class Honest(click.Group):
    """A group whose commands give back their exit code, and whose every error ends in words and a code."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command; `click.exceptions.Exit` carries the code."""
        try:
            code = super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except Exception as wrong:  # noqa: BLE001 - the last place where a fault can still be said in words
            from baclo.report.faults import told, yours

            click.echo(told(wrong, debug=ctx.params["debug"]), err=True)
            code = INPUT if yours(wrong) else OURS
        ctx.exit(code)


@click.group(cls=Honest, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(baclo.__version__, prog_name="baclo")
@click.option("--debug", is_flag=True, help="Show where in the program a fault of ours arose.")
def cli(debug: bool) -> None:
    """Computes baclofen therapy from one file about one person: what the drug will do, what is safe, what to do next.

    \b
    Try:        baclo run example:ms-start --html report.html
    Exit codes: 0 fine; 1 a critical finding holds; 2 the input cannot be used;
                3 the plan is refused; 4 a fault of ours

    Not a medical device: a plan is a draft until a prescriber signs it and a pharmacist verifies it.
    """


def _outputs(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The options that write a file, for the question of that name."""
    forms = [form for form in _FORMS if form not in PLANNED or name not in _UNPLANNED]

    def optioned(command: Callable[..., int]) -> Callable[..., int]:
        for form in reversed(forms):
            option = click.option(f"--{form}", f"{form}_file", metavar="FILE", type=_FILE, help=_FORMS[form])
            command = option(command)
        return command

    return optioned


def _question(name: str, words: str) -> None:
    """One command of those that answer a case."""

    @cli.command(name, help=f"{words}\n\n{_CASE_WORDS} {_FILE_WORDS}", epilog=f"Example: baclo {name} example:ms-start")
    @click.argument("case", shell_complete=_cases)
    @_outputs(name)
    def command(case: str, **files: str | None) -> int:
        asked = {form.removesuffix("_file"): file for form, file in files.items() if file is not None}
        if list(asked.values()).count("-") > 1:
            raise click.UsageError("only one of the reports can go to standard output")
        try:
            return answered(lambda: getattr(baclo, name)(_read(case)), asked)
        except InputProblems as problems:
            if "json" in asked:
                from baclo.report.faults import problems_json, said

                try:
                    write_text(asked["json"], problems_json(problems))
                except OSError as wrong:
                    problems.add_note(f"{said(wrong)}; the problems are told here only.")
            raise


for _name, _words in _QUESTIONS.items():
    _question(_name, _words)


@cli.command(epilog='Example: baclo triage --say "very sleepy and hard to wake" --region UK')
@click.argument("case", required=False)
@click.option(
    "--say", multiple=True, metavar="WORDS", help="What is wrong, in plain words; may be given several times."
)
@click.option("--region", type=click.Choice(["US", "UK", "EU"]), help="Where you are: whom to ring.")
@click.option("--json", "json_file", metavar="FILE", help="Write the answer as JSON (see baclo schema outcome).")
@click.option("--html", "html_file", metavar="FILE", help="Write the page as one HTML file.")
def triage(
    case: str | None, say: tuple[str, ...], region: str | None, json_file: str | None, html_file: str | None
) -> int:
    """Say how soon help is needed: emergency now, call today, or next visit; why; and whom to ring.

    CASE may be left out, incomplete or wrong: the words are judged all the same. FILE may be - for standard output;
    then no other report goes there.
    """
    files = {form: file for form, file in (("json", json_file), ("html", html_file)) if file is not None}
    if list(files.values()).count("-") > 1:
        raise click.UsageError("only one of --json and --html can go to standard output")
    read, problems = _readable(case)
    answer = baclo.triage(read, say=say, region=region)
    written = {file: rendered(answer, form) for form, file in files.items()}
    if "-" not in written:
        click.echo(answer.text(width=width(), colour=colour()), nl=False)
    for file, text in written.items():
        write_text(file, text)
    code = exit_code(answer)
    return INPUT if problems is not None and code == FINE else code


def _read(case: str) -> "Case":
    """The case of that name, or from standard input."""
    return baclo.load(sys.stdin.read() + "\n" if case == "-" else case)


def _readable(case: str | None) -> tuple["Case | None", Exception | None]:
    """The case that was named; where it cannot be read, nothing and the reason, told before the answer."""
    if case is None:
        return None, None
    try:
        return _read(case), None
    except (InputProblems, UnknownKey, OSError) as wrong:
        from baclo.report.faults import said

        click.echo("The case is left out, because it cannot be used:", err=True)
        click.echo(said(wrong), err=True)
        return None, wrong


@cli.command(epilog="Example: baclo explain fact:cap.us")
@click.argument("key", shell_complete=_keys)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def explain(key: str, as_json: bool) -> int:
    """Tell where a number, source, rule, model or product comes from, and who disagrees."""
    told = baclo.explain(key)
    click.echo(_json(told.data) if as_json else str(told))
    return FINE


@cli.command(epilog="Example: baclo models --json")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def models(as_json: bool) -> int:
    """List the published models: for whom each speaks, and what it rests on."""
    from baclo.report.catalogue import models_text

    rows = baclo.models()
    click.echo(_json(rows) if as_json else models_text(rows))
    return FINE


@cli.command(epilog="Example: baclo claims --topic kidney")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--topic", metavar="TOPIC", help="Only claims on this, such as kidney or tapering.")
@click.option("--status", metavar="STATUS", help="Only claims that are computed, answered, or for later.")
@click.option("--verdict", metavar="VERDICT", help="Only supported, partly, contradicted, unverifiable or placeholder.")
@click.option("--json", "as_json", is_flag=True, help="Print them with what they link to, and the coverage, as JSON.")
def claims(ids: tuple[str, ...], topic: str | None, status: str | None, verdict: str | None, as_json: bool) -> int:
    """List what is claimed of the drug: the verdict, the truth, and what in the program answers it.

    With an ID, that claim in full: its sources, what it links to in words, and the claims it clashes with.
    """
    from baclo.evidence.ledger import claim_text, coverage, ledger_text

    rows = baclo.claims(*ids, topic=topic, status=status, verdict=verdict)
    if as_json:
        click.echo(_json({"claims": rows, "coverage": coverage(rows)}))
    elif ids:
        click.echo("\n\n".join(claim_text(row, width=width()) for row in rows))
    else:
        click.echo(ledger_text(rows, width=width()))
    return FINE


@cli.command(epilog="Example: baclo examples --json")
@click.option("--json", "as_json", is_flag=True, help="Print name, title and question of each as JSON.")
def examples(as_json: bool) -> int:
    """List the packaged cases that example:NAME reads."""
    rows = baclo.examples()
    if as_json:
        click.echo(_json(rows))
        return FINE
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        click.echo(f"{row['name']:<{width}}  {row['question']:<8}  {row['title']}")
    return FINE


@cli.command(epilog="Example: baclo new case.toml")
@click.argument("file", required=False, type=_FILE)
def new(file: str | None) -> int:
    """Write a commented case to fill in, to FILE (never over one that is there) or to standard output."""
    from baclo.case.template import template
    from baclo.report.write import create

    if file is None or file == "-":
        click.echo(template(), nl=False)
        return FINE
    create(file, template())
    click.echo(f"{file}: fill it in, then: baclo run {file}", err=True)
    return FINE


@cli.command(epilog="Example: baclo validate --json")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def validate(as_json: bool) -> int:
    """Run the models again against every published number; only the rows called predicted count as validation."""
    from baclo.knowledge.library import load
    from baclo.report.validation import validation_rows, validation_text

    rows = validation_rows(load())
    click.echo(_json({"rows": rows}) if as_json else validation_text(rows))
    return FINE


@cli.command(epilog="Example: baclo schema outcome")
@click.argument("what", type=click.Choice(["case", "outcome"]))
def schema(what: str) -> int:
    """Print the JSON Schema of a case or of an outcome."""
    from baclo.case.schema import case_schema
    from baclo.report.schema import outcome_schema

    click.echo(_json(case_schema() if what == "case" else outcome_schema()))
    return FINE


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code; what went wrong is said on standard error, in words.

    Linear algebra gets one thread unless the environment says otherwise: the matrices of one person are small, and
    on a busy machine threads that wait for each other take several times as long.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    if _COMPLETING in os.environ:
        from baclo.report.complete import ready

        ready()
    try:
        code = cli.main(arguments, prog_name="baclo", standalone_mode=False)
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as wrong:
        wrong.show()
        return INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED_PIPE
    return int(code)
