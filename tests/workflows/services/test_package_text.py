from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.problems import DefinitionRefused
from workflows.services.package_text import read_package, write_package

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "packages"

texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n\t"), max_size=20)
words = st.sampled_from(
    ["on", "no", "yes", "null", "~", "1", "1.5", "2026-01-01", "12:30", "", "title", "0x1f", "1e5"]
)
numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
documents = st.recursive(
    st.none() | st.booleans() | numbers | texts | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | texts, inner, max_size=3),
    max_leaves=15,
)


@given(st.dictionaries(words | texts, documents, min_size=1, max_size=4))
def test_reading_what_was_written_gives_the_same(document):
    assert read_package(write_package(document)) == document


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_packages_of_the_demonstration_survive_a_round_trip(path):
    package = read_package(path.read_bytes())
    assert read_package(write_package(package)) == package


def test_on_and_no_are_words():
    assert read_package("on: check\nanswer: no\n") == {"on": "check", "answer": "no"}


def test_a_date_stays_text():
    assert read_package("day: 2026-01-01") == {"day": "2026-01-01"}


def problems_of(source):
    with pytest.raises(DefinitionRefused) as refused:
        read_package(source)
    return [(problem.where, problem.code, problem.sentence) for problem in refused.value.problems]


def test_doubled_words_are_all_listed_with_place_and_lines():
    found = problems_of("key: a\nforms:\n  one: {title: x, title: y}\nkey: b\n")
    assert [(where, code) for where, code, _ in found] == [("forms.one.title", "doubled"), ("key", "doubled")]
    assert found[1][2] == '"key" is given twice, in lines 1 and 4. Keep one of them.'


@pytest.mark.parametrize(
    "source",
    [
        "a: &x [1]\nb: *x\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "[" * 100_000,
        "{a: " * 5_000,
        "a: 1\n---\nb: 2\n",
        "- one\n- two\n",
        "just text",
        "",
        "a: [1, 2\n",
        "a: \x00\n",
        "? [a, b]\n: c\n",
        b"\xff\xfe\x00",
        "x" * 2_000_001,
        "a: [" + "x," * 200_001 + "]",
    ],
    ids=lambda source: repr(source[:20]),
)
def test_what_is_no_package_is_refused_with_a_sentence(source):
    assert all(sentence.endswith(".") for _, _, sentence in problems_of(source))
