"""Hostile service packages and foreign forms, each made when it is asked for; run by tests/limits.py."""

import io
import json
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from engine.core.problems import DefinitionRefused
from forms_library.compiled import compile_form
from forms_library.importers.json_schema import JsonSchema
from forms_library.importers.xgov import Xgov
from forms_library.importing.limits import read_document
from forms_library.importing.port import Refused, importers
from forms_library.importing.reading import read_forms
from tests.engine.documents.conftest import HOSTILE
from tests.hostile.foreign import FOREIGN
from workflows.services.package_text import read_package
from workflows.services.packages import checked

PACKAGE = (
    Path(__file__).resolve().parents[2] / "fixtures" / "packages" / "registry" / "residence-extract.yaml"
)
DEEP = 10_000


def take(name: str) -> str:
    """What becomes of a definition: the reason of the refusal, or that it was taken."""
    try:
        CASES[name]()
    except DefinitionRefused as refused:
        problem = refused.problems.must_mend[0]
        return f"refused: {problem.where}: {problem.sentence}"
    except Refused as refused:
        return f"refused: {refused.sentence}"
    return "taken"


def _package(pages: list[dict[str, Any]]) -> None:
    package = read_package(PACKAGE.read_bytes())
    package["forms"]["application"]["pages"] = pages
    checked(package)


def _page(*fields: dict[str, Any], key: str = "page", **more: Any) -> dict[str, Any]:
    return {"key": key, "title": "A page", "fields": list(fields), **more}


def _field(key: str = "q", kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": "A question", **more}


def _with_rule(rule: str) -> None:
    rows = {"fields": [_field("k"), _field("n", "integer")]}
    _package([_page(_field("g", "repeating_group", options=rows), _field(show_when=rule))])


def _many_fields_in_yaml() -> None:
    lines = "\n".join(f"      - {{key: k{n}, type: yes_no, label: x}}" for n in range(100_000))
    text = PACKAGE.read_text().partition("forms:")[0]
    checked(f"{text}forms:\n  application:\n    title: x\n    pages:\n    - key: a\n      fields:\n{lines}\n")


def _many_fields_in_pages() -> None:
    _package([_page(*(_field(f"k{p}_{n}") for n in range(200)), key=f"p{p}") for p in range(500)])


def _many_foreign_fields() -> None:
    component = {"type": "TextField", "title": "x", "options": {}, "schema": {}}
    components = [{**component, "name": f"f{n}"} for n in range(100_000)]
    page = {"path": "/a", "title": "A", "components": components, "next": []}
    document = {"startPage": "/a", "pages": [page], "lists": [], "sections": [], "conditions": []}
    compile_form(Xgov().read(read_document(json.dumps(document).encode())).forms[0].form)


def _many_schema_properties() -> None:
    schema = {"type": "object", "properties": {f"f{n}": {"type": "string"} for n in range(100_000)}}
    compile_form(JsonSchema().read(read_document(json.dumps(schema).encode())).forms[0].form)


def _foreign(document: Any) -> None:
    """A form of another system, read and made ready to be asked."""
    for found in read_forms(read_document(json.dumps(document).encode())).forms:
        compile_form(found.form)


def _foreign_case(name: str) -> None:
    _foreign(FOREIGN[name]())


def _deep_json() -> None:
    read_document(b'{"a":' * DEEP + b"1" + b"}" * DEEP)


def _yaml_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    checked("\n".join(lines))


def _hostile_file(name: str) -> Callable[[], None]:
    return lambda: _read((HOSTILE / name).read_bytes())


def _read(content: bytes) -> None:
    document = read_document(content)
    if not any(kind().recognises(document) for kind in importers):
        raise Refused("No importer knows this document.")


def _zip_bomb() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"form{number}.json", b" " * 20_000_000)
    _read(packed.getvalue())


CASES: dict[str, Callable[[], None]] = {
    "100,000 fields in YAML": _many_fields_in_yaml,
    "100,000 fields in pages": _many_fields_in_pages,
    "100,000 fields on a page": lambda: _package([_page(*(_field(f"k{n}") for n in range(100_000)))]),
    "100,000 foreign fields": _many_foreign_fields,
    "100,000 schema properties": _many_schema_properties,
    "brackets 10,000 deep": lambda: _with_rule("(" * DEEP + "true" + ")" * DEEP),
    "brackets 2,000 deep": lambda: _with_rule("(" * 2_000 + "true" + ")" * 2_000),
    "not 4,000 deep": lambda: _with_rule("!" * 4_000 + "true"),
    "choices in choices": lambda: _with_rule("true ? true : " * 350 + "true"),
    "JSON 10,000 deep": _deep_json,
    "YAML 10,000 deep": lambda: checked("forms: " + "[" * DEEP + "]" * DEEP),
    "a pattern with look-ahead": lambda: _with_rule('answers.q.matches("(?=a)a")'),
    "a pattern that repeats too often": lambda: _with_rule('answers.q.matches("((a{1000}){1000}){1000}")'),
    "four loops": lambda: _with_rule(
        "answers.g.exists(a, answers.g.exists(b, answers.g.exists(c, answers.g.exists(d, a.n < d.n))))"
    ),
    "a list of lists": lambda: _with_rule("size(answers.g.map(a, answers.g.map(b, b.n))) > 1"),
    "YAML that unfolds": _yaml_bomb,
    "YAML that runs a program": lambda: checked("a: !!python/object/apply:os.system [ls]"),
    "XML entities": _hostile_file("billion_laughs.xml"),
    "XML as a package": lambda: checked((HOSTILE / "billion_laughs.xml").read_bytes()),
    "a zip in zips": _hostile_file("nested_zip_4096x1MB.zip"),
    "10 MB in 10 KB": _hostile_file("zip_10MB_to_10KB.zip"),
    "100 MB in a zip": _zip_bomb,
    **{name: partial(_foreign_case, name) for name in FOREIGN},
}
