"""Our own functions: dates, text."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.core.rules import Facts, Outcome, Schema, compile_rule

Ask = Callable[..., Outcome]


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ('date("2026-03-01")', date(2026, 3, 1)),
        ("today", date(2026, 3, 5)),
        ("daysBefore(today, 5)", date(2026, 2, 28)),
        ("daysBefore(today, -1)", date(2026, 3, 6)),
        ('monthsBefore(date("2026-03-31"), 1)', date(2026, 2, 28)),
        ('monthsBefore(date("2026-01-15"), 1)', date(2025, 12, 15)),
        ('monthsBefore(date("2026-12-15"), -1)', date(2027, 1, 15)),
        ('yearsBefore(date("2024-02-29"), 18)', date(2006, 2, 28)),
        ('yearsBefore(date("2024-02-29"), 4)', date(2020, 2, 29)),
        # 3 March is a holiday in this calendar
        ("workingDaysBefore(today, 1)", date(2026, 3, 4)),
        ("workingDaysBefore(today, 2)", date(2026, 3, 2)),
        ("workingDaysBefore(today, 3)", date(2026, 2, 27)),
        ("workingDaysBefore(today, -2)", date(2026, 3, 9)),
    ],
)
def test_dates(rule: str, day: date, ask: Ask) -> None:
    assert ask(rule, want="date") == Outcome(day)


@pytest.mark.parametrize(
    ("born", "years"),
    [("2008-03-05", 18), ("2008-03-06", 17), ("2004-02-29", 22), ("2026-03-05", 0)],
)
def test_age_in_full_years(born: str, years: int, ask: Ask) -> None:
    assert ask("age(answers.born, today)", want="integer", born=born) == Outcome(years)


def test_at_least_eighteen_years_ago(ask: Ask) -> None:
    assert ask("answers.born <= yearsBefore(today, 18)", born="2008-03-05").holds
    assert not ask("answers.born <= yearsBefore(today, 18)", born="2008-03-06").holds


def test_someone_born_on_29_february_is_eighteen_on_28_february(schema: Schema) -> None:
    """Both conventions exist; age() waits for 1 March, yearsBefore() of that day gives 1 March too."""
    rule = compile_rule("answers.born <= yearsBefore(today, 18)", schema)
    answers = {"answers": {"born": "2008-02-29"}}
    assert not rule.run(Facts(schema, answers, date(2026, 2, 28))).holds
    assert rule.run(Facts(schema, answers, date(2026, 3, 1))).holds


@pytest.mark.parametrize(
    "rule", ["yearsBefore(today, 99999)", "daysBefore(today, 99999999)", "workingDaysBefore(today, 99999)"]
)
def test_a_day_too_far_away_is_a_fault(rule: str, ask: Ask) -> None:
    assert "too far away" in ask(rule, want="date").fault


def test_a_day_beyond_the_calendar_is_a_fault(ask: Ask) -> None:
    assert "too far away" in ask('yearsBefore(date("1000-01-01"), 1000)', want="date").fault
    assert "out of range" in ask('daysBefore(date("9999-12-31"), -1)', want="date").fault


def test_working_days_need_a_calendar(schema: Schema) -> None:
    rule = compile_rule("workingDaysBefore(today, 1) < today", schema)
    assert rule.run(Facts(schema, {}, date(2026, 3, 5))).fault == "no working calendar is given"


@pytest.mark.parametrize(
    ("text", "other"),
    [("École", "ecole"), ("STRASSE", "straße"), ("e\u0301t\u00e9", "été"), ("ÅNGSTRÖM", "angstrom")],
)
def test_fold_forgets_capitals_and_accents(text: str, other: str, ask: Ask) -> None:
    assert ask("fold(answers.t) == fold(answers.u)", t=text, u=other).holds


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ('answers.t.contains("own")', "Town"),
        ('answers.t.startsWith("To")', "Town"),
        ('answers.t.endsWith("wn")', "Town"),
        ('answers.t.matches("^[0-9]{4}$")', "1234"),
        ('answers.t.matches("(?i)^zoë$")', "ZOË"),
        ('answers.t.matches("^\\\\p{L}+$")', "Zoë"),
        ('answers.t.trim() == "x"', "  x "),
        ('answers.t.lowerAscii() == "x"', "X"),
        ("size(answers.t) == 3", "Zoë"),
        ('answers.t in ["a", "b"]', "b"),
        ("answers.t == 'say \"hi\"\\n'", 'say "hi"\n'),
    ],
)
def test_text(rule: str, text: str, ask: Ask) -> None:
    assert ask(rule, t=text).holds


def test_dates_have_parts(ask: Ask) -> None:
    rule = "answers.born.getFullYear() == 2008 && answers.born.getMonth() == 1"
    assert ask(rule, born="2008-02-29").holds
