"""Random definitions of forms over all kinds of questions, nested to three levels."""

from typing import Any

from hypothesis import strategies as st

from engine.core.problems import DefinitionRefused
from forms_library.catalogue import field_types
from forms_library.compiled import CompiledForm, compile_form
from forms_library.definition import Form
from tests.forms_library.examples import OPTIONS

HOLDS = {"group": "fields", "repeating_group": "fields", "table": "columns"}
PLAIN = sorted(set(field_types.keys()) - set(HOLDS))
LEVELS = 3
labels = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
texts = st.dictionaries(st.sampled_from(["en", "fr", "ar"]), labels, min_size=1)
RULES = ("answers.n > 3", 'today > date("2020-01-01")', "!has(answers.n)", "answers.n != 0 || answers.n == 7")


def _options(kind: str) -> list[dict[str, Any]]:
    """Settings of a kind: those of its own examples."""
    examples = [options for options, *_ in (*field_types[kind].accepts, *field_types[kind].rejects)]
    return [OPTIONS.get(kind, {}), *examples]


@st.composite
def fields(draw: Any, key: str, level: int = 1) -> dict[str, Any]:
    """One question of any kind, with whatever may be said of any question."""
    kind = draw(st.sampled_from([*PLAIN, *HOLDS] if level <= LEVELS else PLAIN))
    options = dict(draw(st.sampled_from(_options(kind))))
    if kind in HOLDS:
        count = draw(st.integers(1, 3))
        options[HOLDS[kind]] = [draw(fields(f"{key}{chr(97 + n)}", level + 1)) for n in range(count)]
        options.pop("checks", None)
        if "max" in options:
            options["max"] = 5
    made: dict[str, Any] = {"key": key, "type": kind, "label": draw(texts), "options": options}
    if draw(st.booleans()):
        made["hint"] = draw(texts)
    made["required"] = draw(st.booleans())
    made["data_class"] = draw(st.sampled_from(["public", "personal", "sensitive"]))
    if level == 1 and draw(st.integers(0, 3)) == 0:
        made["show_when"] = draw(st.sampled_from(RULES))
    return made


@st.composite
def definitions(draw: Any) -> dict[str, Any]:
    """One to three pages; the first asks for the number that the rules read."""
    pages = []
    for number in range(draw(st.integers(1, 3))):
        asked = [draw(fields(f"q{number}_{n}")) for n in range(draw(st.integers(1, 3)))]
        if not number:
            asked.insert(0, {"key": "n", "type": "integer", "label": "Number"})
        page: dict[str, Any] = {"key": f"page_{number}", "title": draw(texts), "fields": asked}
        if number and draw(st.booleans()):
            page["show_when"] = draw(st.sampled_from(RULES))
        pages.append(page)
    return {"title": draw(texts), "pages": pages}


def compiled_or_none(definition: dict[str, Any]) -> CompiledForm | None:
    """The form, or None where the draw does not fit together."""
    try:
        return compile_form(Form.model_validate(definition))
    except DefinitionRefused:
        return None
