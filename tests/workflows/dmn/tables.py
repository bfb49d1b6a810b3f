"""Random decision tables, and what they may ask."""

from typing import Any

from hypothesis import strategies as st

from engine.core.decisions import DecisionTable
from workflows.dmn.asking import Asked, Asking, spoken

QUESTIONS: dict[str, Any] = {
    "answers.age": "integer",
    "answers.fee": "decimal",
    "answers.place.town": "text",
    "answers.born": "date",
    "answers.resident": "yes_no",
    "answers.pets": "choices",
    "today": "date",
}
BY_PATH = {path: Asked(path, kind) for path, kind in QUESTIONS.items()}
ASKING = Asking(BY_PATH, {spoken(path.rpartition(".")[2]): asked for path, asked in BY_PATH.items()})
LITERALS = {
    "integer": st.integers(-99, 99).map(str),
    "decimal": st.decimals(-99, 99, places=1).map(str) | st.integers(-9, 9).map(str),
    "text": st.text('aé "\\,()[]<>&|=', max_size=5).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    ),
    "date": st.dates().map(lambda day: f'date("{day}")'),
    "yes_no": st.sampled_from(["true", "false"]),
}
LITERALS["choices"] = LITERALS["text"]
RULES = {
    "integer": ["it > answers.age + 1", "it == 1 || it > 7", "!has(it)", "it % 2 == 0"],
    "decimal": ["it * 2.0 > answers.fee", "it > double(answers.age)", "roundTo(it, 2) == 1.0"],
    "text": ['it.startsWith("a")', 'it == answers.place.town || it == "x == y"', "size(it) > 3"],
    "date": ["it <= yearsBefore(today, 18)", "it > today", "it.getFullYear() > 2000"],
    "yes_no": ["it || answers.age > 3", "it && answers.resident"],
    "choices": ["size(it) > 1", '"a" in it'],
}
RESULTS = {
    "integer": ["answers.age + 1", "size(answers.place.town)"],
    "decimal": ["answers.fee * 1.5", "answers.fee > 10.0 ? 1.0 : 2.0"],
    "text": ['answers.place.town + "x"', '"a == b && c"'],
    "date": ["today", "daysBefore(today, 7)"],
    "yes_no": ["answers.resident || answers.age > 3", "!answers.resident"],
}


def cells(kind: str) -> st.SearchStrategy[str]:
    """Any cell of a column of this kind."""
    literal = LITERALS[kind]
    several = st.lists(literal, min_size=1, max_size=3).map(", ".join)
    found = [
        st.just("-"),
        several,
        several.map(lambda text: f"not({text})"),
        literal.map(lambda text: f"!= {text}"),
    ]
    found.append(st.sampled_from(RULES[kind]))
    if kind in ("integer", "decimal"):
        ends = st.lists(LITERALS["integer"], min_size=2, max_size=2).map(lambda pair: sorted(pair, key=int))
        found.append(
            st.builds(lambda sign, value: f"{sign} {value}", st.sampled_from(["<", "<=", ">", ">="]), literal)
        )
        found.append(
            st.builds(
                lambda a, pair, z: f"{a}{pair[0]}..{pair[1]}{z}",
                st.sampled_from("[("),
                ends,
                st.sampled_from("])"),
            )
        )
    return st.one_of(found)


def results(kind: str) -> st.SearchStrategy[str]:
    """Any result of this kind."""
    return LITERALS[kind] | st.sampled_from(RESULTS[kind])


@st.composite
def tables(draw: st.DrawFn) -> DecisionTable:
    """Any table over the questions."""
    paths = draw(
        st.lists(
            st.sampled_from([path for path in QUESTIONS if path != "today"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    kinds = draw(st.lists(st.sampled_from(sorted(RESULTS)), min_size=1, max_size=2))
    policy = draw(
        st.sampled_from(["unique", "any", "first", "rule_order", "collect", "priority", "output_order"])
    )
    labels = st.none() | st.sampled_from(["Age", {"en": "Fee", "fr": "Frais"}])
    outputs = []
    for number, kind in enumerate(kinds):
        values = (
            draw(st.lists(LITERALS[kind], min_size=1, max_size=3, unique=True))
            if policy in ("priority", "output_order")
            else []
        )
        label = draw(labels)
        outputs.append(
            {"key": f"result{number}", "type": kind, "values": values, **({"label": label} if label else {})}
        )
    inputs = []
    for path in paths:
        label = draw(labels)
        inputs.append({"expression": path, "type": QUESTIONS[path], **({"label": label} if label else {})})
    when = st.tuples(*(cells(QUESTIONS[path]) for path in paths)).map(list)
    then = st.tuples(*(results(kind) for kind in kinds)).map(list)
    row = st.fixed_dictionaries(
        {"when": when, "then": then}, optional={"note": st.sampled_from(["§ 5", "a & b"])}
    )
    document: dict[str, Any] = {"hit_policy": policy, "inputs": inputs, "outputs": outputs}
    document["rows"] = draw(st.lists(row, min_size=1, max_size=4))
    if draw(st.booleans()):
        document["default"] = draw(then)
    if policy == "collect" and len(kinds) == 1 and kinds[0] in ("integer", "decimal"):
        document["aggregation"] = draw(st.sampled_from([None, "sum", "min", "max", "count"]))
    return DecisionTable.model_validate(document)
