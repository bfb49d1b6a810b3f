"""P8 and the cost of size: rules, a page in a large form, a thousand rows, memory of compiled forms."""

import gc
import os
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from engine.core.rules import Facts, Group, Rows, Schema, compile_rule, prepare
from engine.core.worktime import WorkingCalendar
from forms_library.answers import check_whole, read_page
from forms_library.compiled import CompiledForm, compile_form
from forms_library.definition import Form
from forms_library.rendering import render_page
from forms_library.visibility import Moment, shown
from tests.benchmarks.bench_forms import KINDS, TODAY, cpu, no_upload
from tests.benchmarks.table import Row

COLOURS = {"choices": [{"key": "red", "label": "Red"}, {"key": "blue", "label": "Blue"}]}
OWN_PAGE = 10
Answers = Mapping[str, Any]


def run(quick: bool) -> list[Row]:
    """Measure; quick takes a few seconds."""
    rounds = 30 if quick else 300
    return [
        *rules_after_a_change(rounds),
        slowest_rule(quick),
        *page_in_a_large_form(rounds),
        *rows(quick),
        memory(quick),
    ]


def line(
    what: str, measured: str, floor: str, ratio: float, target: str, *, met: bool, id_: str = "P8"
) -> Row:
    """One line of the table."""
    return Row(
        id=id_, what=what, measured=measured, floor=floor, ratio=f"{ratio:.2f}x", target=target, met=met
    )


def form(*pages: dict[str, Any]) -> CompiledForm:
    """A compiled form."""
    return compile_form(Form.model_validate({"title": "F", "pages": list(pages)}))


def rules_after_a_change(rounds: int) -> list[Row]:
    """100 rules over 200 fields: all of them, and those that one changed answer concerns."""
    fields: list[dict[str, Any]] = [number(f"n{n}") for n in range(100)]
    fields += [number(f"r{n}", show_when=f"answers.n{n} > 5 && answers.n0 < 50") for n in range(100)]
    compiled = form({"key": "a", "title": "A", "fields": fields})
    moment = Moment(TODAY)
    first = {f"{kind}{n}": n for n in range(100) for kind in "nr"}
    before = shown(compiled, first, moment)
    changed, shared = {**first, "n7": 1}, {**first, "n0": 7}
    everything = cpu(lambda: shown(compiled, first, moment), rounds)
    one = cpu(lambda: shown(compiled, changed, moment, before=before), rounds)
    hundred = cpu(lambda: shown(compiled, shared, moment, before=before), rounds)
    floor = f"all 100 rules {everything:.3f} ms"
    return [
        line("100 rules, 200 fields: one answer changed, one rule runs", f"{one:.3f} ms CPU", floor,
             one / everything, "< 1 ms", met=one < 1),
        line("100 rules, 200 fields: one answer changed, all 100 rules run", f"{hundred:.3f} ms CPU", floor,
             hundred / everything, "< 1 ms", met=hundred < 1),
    ]  # fmt: skip


# each is among the most expensive that may be published: loops over all rows, long texts, patterns
HOSTILE = (
    "answers.rows.exists(a, answers.rows.exists(b, a.whole + b.whole < 0))",
    "answers.rows.all(a, answers.rows.all(b, answers.rows.all(c, a.whole + b.whole + c.whole >= 0)))",
    "answers.rows.exists(a, answers.rows.exists(b, fold(a.text) == b.text))",
    'answers.rows.exists(a, a.text.matches("^(a+)+$"))',
    'answers.rows.exists(a, a.text.matches("(x?){100}y"))',
    "sum(answers.rows.map(a, a.amount * 1.5)) > 1.0",
    "sum(answers.rows.filter(a, a.amount > 1.0).map(a, a.amount / 3.0)) > 1.0",
    "highest(answers.rows.map(a, a.whole)) > lowest(answers.rows.map(a, a.whole))",
    "size(answers.rows.filter(a, age(a.day, today) > 18)) > 3",
    "answers.rows.exists(a, workingDaysBefore(a.day, 900) < a.day && a.whole < 0)",
    "answers.rows.exists(a, answers.long.contains(a.text) && a.whole < 0)",
    'fold(answers.long) == "a" || answers.long.matches("([a-z]*)*$") && size(answers.long) < 0',
)
OFFICE = WorkingCalendar("Europe/Lisbon", {day: [(time(8), time(16))] for day in range(5)})
ROWS = 1_000
LONG = "a" * 5_000


def slowest_rule(quick: bool) -> Row:
    """Rules written to take as long as they can: the slowest, whether it ends or is stopped."""
    row = Rows({"whole": "integer", "text": "text", "amount": "decimal", "day": "date"})
    kinds = Group({"rows": row, "long": "text"})
    answers = {
        "long": LONG,
        "rows": [
            {"whole": n, "text": "a" * 50, "amount": f"{n}.25", "day": "2001-02-03"} for n in range(ROWS)
        ],
    }
    facts = Facts.ready({"answers": prepare(kinds, answers)}, TODAY, OFFICE)
    schema = Schema({"answers": kinds})
    took, stopped = {}, 0
    for text in HOSTILE:
        rule = compile_rule(text, schema)
        took[text] = cpu(lambda rule=rule: rule.run(facts), 5 if quick else 25)
        stopped += bool(rule.run(facts).fault)
    worst = max(took.values())
    simple = compile_rule("size(answers.rows) > 3", schema)
    floor = cpu(lambda: simple.run(facts), 25)
    return line(
        f"the slowest of {len(HOSTILE)} hostile rules over {ROWS:,} rows; {stopped} were stopped",
        f"{worst:.1f} ms CPU", f"a rule without a loop {floor:.3f} ms", worst / floor, "< 50 ms",
        met=worst < 50,
    )  # fmt: skip


def number(key: str, **words: Any) -> dict[str, Any]:
    """A question for a whole number."""
    return {"key": key, "type": "integer", "label": key, **words}


def page_in_a_large_form(rounds: int) -> list[Row]:
    """The same page of 10 fields in a form of its own and among 500 fields with 300 rules."""
    page = {"key": "page", "title": "P", "fields": [own_field(n) for n in range(OWN_PAGE)]}
    small, large = form(page), form(page, *(other_page(n) for n in range(49)))
    data = QueryDict(mutable=True)
    for n in range(OWN_PAGE):
        data.update(typed(n))
    few = read(small, data, {}).answers
    many = {**few, **{f"p{p}_{n}": n for p in range(49) for n in range(10)}}
    found = []
    for what, work in (
        ("GET", lambda compiled, answers: draw(compiled, answers)),
        ("POST", lambda compiled, answers: read(compiled, data, answers)),
    ):
        alone = cpu(lambda work=work: work(small, few), rounds)
        among = cpu(lambda work=work: work(large, many), rounds)
        ratio = among / alone
        found.append(
            line(f"page of 10 among 500 fields and 300 rules, {what}", f"{among:.3f} ms CPU",
                 f"in its own form {alone:.3f} ms", ratio, "<= 2x", met=ratio <= 2)
        )  # fmt: skip
    return found


def own_field(n: int) -> dict[str, Any]:
    """A question of the page; two of them have a rule."""
    kind = KINDS[n % len(KINDS)]
    options = COLOURS if kind in ("radio", "select") else {}
    rule = {"show_when": "answers.f2 > 3"} if n in (4, 9) else {}
    return {"key": f"f{n}", "type": kind, "label": f"Question {n}", "options": options, **rule}


def typed(n: int) -> dict[str, str]:
    """What is typed in a question of the page."""
    kind = KINDS[n % len(KINDS)]
    if kind == "date":
        return {f"f{n}-day": "14", f"f{n}-month": "1", f"f{n}-year": "2027"}
    texts = {"email": "leila@example.org", "integer": "12", "radio": "red", "select": "blue"}
    return {f"f{n}": texts.get(kind, {"yes_no": "yes", "currency": "12.50"}.get(kind, "Leila"))}


def other_page(p: int) -> dict[str, Any]:
    """Another page with 10 questions and 6 rules."""
    before = "f2" if p == 0 else f"p{p - 1}_0"
    fields = [
        number(f"p{p}_{n}", **({"show_when": f"answers.{before} >= 0"} if n > 4 else {})) for n in range(10)
    ]
    return {"key": f"q{p}", "title": "Q", "fields": fields, "show_when": f"answers.f2 < {100 + p}"}


def read(compiled: CompiledForm, data: QueryDict, stored: Answers, page: str = "page") -> Any:
    """One posted page judged."""
    files: MultiValueDict[str, Any] = MultiValueDict()
    return read_page(compiled, page, data, files, stored, today=TODAY, language="en", upload=no_upload)


def draw(compiled: CompiledForm, answers: Answers) -> str:
    """One page drawn."""
    return render_page(compiled, "page", answers=answers, raw={}, errors=[], language="en", today=TODAY)


def rows(quick: bool) -> list[Row]:
    """A repeating group of 1,000 rows against one of 100: reading with judging, and drawing."""
    inside = [
        {"key": "name", "type": "short_text", "label": "Name"},
        number("age"),
        {"key": "school", "type": "short_text", "label": "School", "show_when": "item.age < 16"},
        {"key": "fee", "type": "calculated", "label": "Fee",
         "options": {"rule": "double(item.age) * 1.5", "result": "currency"}},
    ]  # fmt: skip
    group = {"key": "children", "type": "repeating_group", "label": "Children",
             "options": {"fields": inside, "max": 1000}}  # fmt: skip
    total = {"key": "total", "type": "calculated", "label": "Total",
             "options": {"rule": "sum(answers.children.map(c, c.fee))", "result": "currency"}}  # fmt: skip
    compiled = form({"key": "page", "title": "P", "fields": [group, total]})
    few, many = posted_rows(100), posted_rows(1000)
    answers = read(compiled, many, {}).answers, read(compiled, few, {}).answers
    rounds = 5 if quick else 20
    works: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "read and judged": (lambda: read(compiled, many, {}), lambda: read(compiled, few, {})),
        "drawn": (lambda: draw(compiled, answers[0]), lambda: draw(compiled, answers[1])),
        "judged as a whole": (
            lambda: check_whole(compiled, answers[0], TODAY),
            lambda: check_whole(compiled, answers[1], TODAY),
        ),
    }
    found = []
    for what, (large, small) in works.items():
        measured, floor = cpu(large, rounds), cpu(small, rounds)
        ratio = measured / floor
        found.append(
            line(f"1,000 rows {what}", f"{measured:.0f} ms CPU", f"100 rows {floor:.1f} ms", ratio,
                 "<= 12x", met=ratio <= 12, id_="rows")
        )  # fmt: skip
    return found


def posted_rows(count: int) -> QueryDict:
    """What a browser sends for so many rows."""
    data = QueryDict(mutable=True)
    for n in range(count):
        data[f"children-{n}-name"] = f"Child {n}"
        data[f"children-{n}-age"] = str(n % 30)
        data[f"children-{n}-school"] = "School"
    return data


def memory(quick: bool) -> Row:
    """By how much the process grows with 500 compiled forms of 30 fields and 10 rules."""
    count = 100 if quick else 500
    before = resident()
    kept = [form({"key": "p", "title": "P", "fields": thirty(n)}) for n in range(count)]
    megabytes = (resident() - before) / len(kept) * 500 / 2**20
    return line(f"500 compiled forms kept (from {count})", f"{megabytes:.0f} MiB",
                f"one form {megabytes / 500 * 1024:.0f} KiB", 1, "< 250 MiB", met=megabytes < 250,
                id_="memory")  # fmt: skip


def resident() -> int:
    """The memory of this process, in bytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def thirty(seed: int) -> list[dict[str, Any]]:
    """30 questions, 10 of them with a rule."""
    return [
        number(f"n{n}", **({"show_when": f"answers.n0 > {seed + n}"} if n >= 20 else {})) for n in range(30)
    ]
