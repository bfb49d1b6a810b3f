"""Rows without end: rules that look through all of them in each, and pages too large to be sent at once."""

from random import Random
from typing import Any

from django.conf import settings

from engine.core.problems import Problems
from engine.core.rules import Rule
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm
from forms_library.checking_rules import every_rule
from forms_library.rows_type import MOST_ROWS_IN_ALL, RowsOptions

# so many rows looked through for one page are a tenth of a second
MOST_LOOKED_THROUGH = 200_000
MEGABYTE = 1024 * 1024
BYTES_OF_A_LETTER = 2  # of Arabic, Greek or Cyrillic; most of Latin needs one


def check_rows(compiled: CompiledForm, problems: Problems) -> None:
    """Note every rule in rows that would make a page with as many rows as are allowed slow."""
    for place, rule, scope in every_rule(compiled):
        asked_in, looks_at = most_rows(compiled, scope), _looked_through(compiled, rule)
        if _reads_row(rule) and asked_in * looks_at > MOST_LOOKED_THROUGH:
            sentence = (
                f"This is asked in each of up to {asked_in:,} rows, and looks through up to {looks_at:,} "
                "rows each time: with many rows the page becomes slow. Work out once what it looks for, in a "
                "calculated value of the page, and read that here; or allow fewer rows."
            )
            problems.at(*place).look("slow_rule", sentence)


def _reads_row(rule: Rule) -> bool:
    """Whether what a rule says may differ from row to row."""
    return any(read.partition(".")[0] in (ITEM, PARENT) for read in rule.reads)


def most_rows(compiled: CompiledForm, path: str) -> int:
    """How many rows there can be at a path such as "children[].pets[]"; 1 where there are none."""
    count, here = 1, ""
    for step in path.split(".") if path else ():
        here = f"{here}.{step}" if here else step
        asked = compiled.by_path.get(here.removesuffix("[]"))
        if step.endswith("[]") and asked is not None and isinstance(asked.question.options, RowsOptions):
            count *= asked.question.options.max
    return count


def _looked_through(compiled: CompiledForm, rule: Rule) -> int:
    """The most rows that one run of a rule goes through."""
    paths = [read.removeprefix(f"{ANSWERS}.") for read in rule.reads if read.startswith(f"{ANSWERS}.")]
    return max((most_rows(compiled, path) for path in paths if "[]" in path), default=0)


def check_size(compiled: CompiledForm, problems: Problems) -> None:
    """Note every page that with as many rows as are allowed is more than one request may hold."""
    for number, page in enumerate(compiled.pages.values()):
        at = problems.at("pages", number)
        _check_inputs(sum(most_inputs(asked) for asked in page.fields), at)
        _check_bytes(sum(most_bytes(asked) for asked in page.fields), at)


def _check_inputs(inputs: int, problems: Problems) -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if inputs > most:
        sentence = (
            f"With as many rows as are allowed, this page sends up to {inputs:,} inputs at once, and no more "
            f"than {most:,} are taken. Allow fewer rows, or put the questions on several pages."
        )
        problems.look("too_many_inputs", sentence)


def _check_bytes(size: int, problems: Problems) -> None:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if size > most:
        megabytes = -(-size // MEGABYTE)
        sentence = (
            f"With texts as long and as many rows as are allowed, this page sends up to {megabytes:,} MB "
            f"at once, and no more than {most // MEGABYTE:,} MB are taken. Allow fewer rows or "
            "shorter texts, or put the questions on several pages."
        )
        problems.look("too_many_bytes", sentence)


def most_inputs(asked: CompiledField) -> int:
    """How many inputs a question has when all its rows are filled in."""
    if not asked.children:
        takes_answer = asked.question.has_answer and not asked.question.computed
        return _inputs(asked.question.example(Random(0))) if takes_answer else 0  # noqa: S311  an example
    inside = sum(most_inputs(child) for child in asked.children)
    options = asked.question.options
    return min(options.max, MOST_ROWS_IN_ALL) * (inside + 1) if isinstance(options, RowsOptions) else inside


def most_bytes(asked: CompiledField) -> int:
    """How much the texts of a question take when all of them are as long as they may be, files apart."""
    options = asked.question.options
    if not asked.children:
        return BYTES_OF_A_LETTER * (getattr(options, "max_length", None) or 0)
    inside = sum(most_bytes(child) for child in asked.children)
    return min(options.max, MOST_ROWS_IN_ALL) * inside if isinstance(options, RowsOptions) else inside


def _inputs(raw: Any) -> int:
    """The inputs that were filled in to type this."""
    return max(1, len(raw)) if isinstance(raw, dict | list) else 1
