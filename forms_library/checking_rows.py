"""Rules that are asked in every row and look through all rows each time: their cost grows by the square."""

from engine.core.problems import Problems
from engine.core.rules import Rule
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledForm
from forms_library.checking_rules import every_rule
from forms_library.rows_type import RowsOptions

# so many rows looked through for one page are a tenth of a second
MOST_LOOKED_THROUGH = 200_000


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
