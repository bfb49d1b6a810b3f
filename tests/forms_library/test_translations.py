"""Texts of a definition: listed by stable paths, measured, taken out and brought back."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.text import Text
from forms_library.definition import Form
from forms_library.translations.csv_file import read_csv, write_csv
from forms_library.translations.rows import NotReadable, Row, apply_rows, rows_for
from forms_library.translations.survey import completeness, entries_of, mark_of, stale_marks
from forms_library.translations.texts import replace_text, texts_of
from forms_library.translations.xliff_file import read_xliff, write_xliff

LANGUAGES = ["en", "fr", "ar"]
FORM: dict[str, Any] = {
    "title": {"en": "Dog", "fr": "Chien", "ar": "كلب"},
    "pages": [
        {
            "key": "about",
            "title": {"en": "About", "fr": "À propos"},
            "fields": [
                {
                    "key": "kind",
                    "type": "radio",
                    "label": {"en": "Kind", "ar": "نوع"},
                    "errors": {"missing": {"en": "Select a kind"}},
                    "options": {
                        "choices": [{"key": "big.one", "label": {"en": "Big"}}, {"key": "b", "label": "B"}]
                    },
                },
                {"key": "name", "type": "short_text", "label": {"en": "Name", "fr": "Nom", "ar": "اسم"}},
            ],
            "checks": [{"rule": "true", "sentence": {"en": "No"}, "field": "name"}],
        }
    ],
}
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


def form(**changes: str) -> Form:
    """The form with the English texts of some paths changed."""
    document = copy.deepcopy(FORM)
    known = dict(texts_of(Form.model_validate(FORM)))
    for path, text in changes.items():
        assert replace_text(document, path, Text({**known[path].root, "en": text}))
    return Form.model_validate(document)


def test_each_text_has_a_path_of_keys() -> None:
    assert [path for path, _ in texts_of(form())] == [
        "title",
        "pages/about/title",
        "pages/about/fields/kind/label",
        "pages/about/fields/kind/options/choices/big.one/label",
        "pages/about/fields/kind/options/choices/b/label",
        "pages/about/fields/kind/errors/missing",
        "pages/about/fields/name/label",
        "pages/about/checks/name/sentence",
    ]


def test_a_path_stays_when_the_order_changes() -> None:
    turned = copy.deepcopy(FORM)
    turned["pages"][0]["fields"].reverse()
    assert sorted(dict(texts_of(Form.model_validate(turned)))) == sorted(dict(texts_of(form())))


def test_texts_inside_groups_are_listed() -> None:
    inner = {"key": "age", "type": "integer", "label": {"en": "Age"}}
    field = {"key": "children", "type": "repeating_group", "label": "C", "options": {"fields": [inner]}}
    made = Form.model_validate({"title": "T", "pages": [{"key": "p", "title": "P", "fields": [field]}]})
    paths = dict(texts_of(made))
    if "pages/p/fields/children/options/fields/age/label" not in paths:
        pytest.skip("this release has no repeating groups")
    document = made.model_dump(mode="json", exclude_unset=True)
    assert replace_text(document, "pages/p/fields/children/options/fields/age/label", Text({"fr": "Âge"}))


def test_each_language_is_measured_and_names_what_is_shown_instead() -> None:
    english, french, arabic = completeness(entries_of(form(), "en"), LANGUAGES)
    assert english.percent == 100
    assert (french.counts["translated"], french.counts["missing"], french.counts["shared"]) == (3, 4, 1)
    assert (french.done, french.total, french.percent) == (4, 8, 50)
    assert french.fallbacks == {"en": 4}
    assert arabic.counts["missing"] == 4


def test_a_translation_whose_source_changed_is_stale_until_it_changes_too() -> None:
    before, after = entries_of(form(), "en"), entries_of(form(title="Cat"), "en")
    marks = stale_marks(before, after, LANGUAGES)
    assert marks == {"title": {"fr": mark_of("Dog"), "ar": mark_of("Dog")}}
    states = {entry.path: entry.state("fr") for entry in entries_of(form(title="Cat"), "en", marks)}
    assert (states["title"], states["pages/about/title"]) == ("stale", "translated")
    later = copy.deepcopy(FORM)
    later["title"] = {"en": "Cat", "fr": "Chat", "ar": "كلب"}
    changed = entries_of(Form.model_validate(later), "en")
    assert stale_marks(entries_of(form(title="Cat"), "en", marks), changed, LANGUAGES) == {
        "title": {"ar": mark_of("Dog")}
    }
    assert stale_marks(entries_of(form(title="Cat"), "en", marks), entries_of(form(), "en"), LANGUAGES) == {}


def apply(rows: list[Row], marks: dict[str, dict[str, str]] | None = None, made: Form | None = None) -> Any:
    written = made or form()
    document = written.model_dump(mode="json", exclude_unset=True)
    return apply_rows(document, written, rows, LANGUAGES, marks or {})


def through(kind: str, rows: list[Row], language: str = "fr") -> list[Row]:
    if kind == "csv":
        return read_csv(write_csv(rows, "en"))
    version: Any = {"xliff": "1.2", "xliff2": "2.0"}[kind]
    return read_xliff(write_xliff(rows, version=version, name="dog", source_language="en", language=language))


@pytest.mark.parametrize("kind", ["csv", "xliff", "xliff2"])
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_what_went_out_comes_back(kind: str, texts: list[tuple[str, str]]) -> None:
    rows = [Row(f"a/{number}", source, "fr", target) for number, (source, target) in enumerate(texts)]
    back = through(kind, rows)
    assert [(row.path, row.source, row.language, row.target) for row in back] == [
        (row.path, row.source, row.language, row.target) for row in rows
    ]


@pytest.mark.parametrize("kind", ["csv", "xliff", "xliff2"])
def test_unchanged_rows_change_nothing(kind: str) -> None:
    rows = through(kind, rows_for(entries_of(form(), "en"), "fr"))
    applied = apply(rows)
    assert applied.document == form().model_dump(mode="json", exclude_unset=True)
    assert (applied.taken, applied.left, applied.marks) == (0, [], {})


@pytest.mark.parametrize("kind", ["csv", "xliff", "xliff2"])
def test_only_texts_change(kind: str) -> None:
    rows = [
        Row(row.path, row.source, row.language, row.target or f"FR {row.source}\n\n- item")
        for row in through(kind, rows_for(entries_of(form(), "en"), "fr"))
    ]
    applied = apply(through(kind, rows))
    assert (applied.taken, applied.left) == (5, [])
    made = Form.model_validate(applied.document)
    texts = dict(texts_of(made))
    assert texts["pages/about/fields/kind/errors/missing"].root["fr"] == "FR Select a kind\n\n- item"
    assert texts["pages/about/fields/kind/options/choices/b/label"].root == {
        "en": "B",
        "fr": "FR B\n\n- item",
    }
    assert [text.root.get("en") or text.root.get("und") for text in texts.values()] == [
        text.root.get("en") or text.root.get("und") for _, text in texts_of(form())
    ]


def test_a_row_whose_source_changed_is_reported_and_marked() -> None:
    rows = [
        Row("pages/about/checks/name/sentence", "Older", "fr", "Vieux"),
        Row("title", "Wolf", "fr", "Loup"),
    ]
    applied = apply(rows)
    assert [(left.path, left.why, left.taken) for left in applied.left] == [
        ("pages/about/checks/name/sentence", "changed_source", True),
        ("title", "changed_source", False),  # there is a translation of the present source
    ]
    assert applied.taken == 1
    assert applied.marks == {"pages/about/checks/name/sentence": {"fr": mark_of("Older")}}
    assert applied.document["title"]["fr"] == "Chien"


def test_sending_a_stale_text_back_as_it_is_confirms_it() -> None:
    marks = {"title": {"fr": mark_of("Wolf")}}
    applied = apply([Row("title", "Dog", "fr", "Chien")], marks)
    assert (applied.confirmed, applied.taken, applied.marks) == (1, 0, {})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (Row("pages/none/title", "x", "fr", "y"), "unknown_path"),
        (Row("pages/about", "x", "fr", "y"), "unknown_path"),
        (Row("title", "Dog", "de", "Hund"), "unknown_language"),
        (Row("title", "Dog", "en", "Cat"), "unknown_language"),
        (Row("title", "Dog", "fr", "x" * 20_001), "too_long"),
        (Row("title", "Dog", "fr", "\ud800"), "unreadable"),
    ],
)
def test_a_row_that_can_not_be_taken_is_reported(row: Row, why: str) -> None:
    applied = apply([row])
    assert [left.why for left in applied.left] == [why]
    assert applied.document == form().model_dump(mode="json", exclude_unset=True)


def test_a_row_without_a_translation_says_nothing() -> None:
    assert apply([Row("title", "Dog", "fr", "  ")]).left == []


def test_a_spreadsheet_may_change_the_separator() -> None:
    text = "path;source;language;translation\r\ntitle;Dog;fr;Le chien\r\n"
    assert read_csv(text) == [Row("title", "Dog", "fr", "Le chien")]


@pytest.mark.parametrize("text", ["", "a,b\n1,2", 'path,source,language,translation\n"open'])
def test_what_is_no_such_csv_is_refused(text: str) -> None:
    with pytest.raises(NotReadable):
        read_csv(text)


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">&b;</xliff>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff>&e;</xliff>"""


@pytest.mark.parametrize(
    "data", [BOMB, OUTSIDE, b"<", b"<a/>", b"<xliff/>", b"\x00", "<a é/>".encode("latin1")]
)
def test_what_is_no_such_xliff_is_refused(data: bytes) -> None:
    with pytest.raises(NotReadable):
        read_xliff(data)


def test_a_program_may_cut_a_text_into_segments() -> None:
    data = b"""<xliff version="2.0" srcLang="en" trgLang="fr" xmlns="urn:oasis:names:tc:xliff:document:2.0">
    <file id="f"><unit id="u1" name="title"><segment><source>One. </source><target>Un. </target></segment>
    <segment><source>Two<pc id="1"> b</pc></source><target>Deux<pc id="1"> b</pc></target></segment></unit>
    </file></xliff>"""
    assert read_xliff(data) == [Row("title", "One. Two b", "fr", "Un. Deux b")]
