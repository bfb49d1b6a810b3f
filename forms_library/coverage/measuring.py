"""The figures of one file: what is kept (F1), sent (F2), walked (F3), refused (F4) and told (F5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date
from types import ModuleType
from typing import Any

from engine.core.problems import DefinitionRefused
from forms_library.compiled import CompiledForm, compile_form
from forms_library.coverage import of_json_schema, of_moj, of_open_forms, of_xgov
from forms_library.coverage.keeping import Kept
from forms_library.coverage.round_trip import silent_loss, yaml_loss
from forms_library.coverage.sources import Source
from forms_library.exporting.port import exporters
from forms_library.importing.port import Imported, Refused
from forms_library.walking import invalid_values, paths, random_walk, walk_paths
from forms_library.walking.invalid import CONTRADICTS

FIGURES = ("F1", "F2", "F3", "F4", "F5")
INVENTORIES: Mapping[str, ModuleType] = {
    "xgov": of_xgov,
    "moj": of_moj,
    "open_forms": of_open_forms,
    "json_schema": of_json_schema,
}
DEFECTS = frozenset(
    (
        "unknown_page",
        "unknown_condition",
        "unknown_field",
        "unused_condition",
        "doubled_page",
        "unknown_section",
        "unknown_list",
        "unknown_property",
    )
)
NAUGHTY = ("<script>alert(1)</script>", "=1+1", "' OR 1=1 --", "\u202eabc", "Zoë \U0001f600", "x" * 3_000)


@dataclass(frozen=True)
class Share:
    """So many of so many, with what falls short."""

    good: int = 0
    total: int = 0
    short: tuple[str, ...] = ()

    @property
    def fraction(self) -> float:
        """The part that is good; of nothing, all is good."""
        return self.good / self.total if self.total else 1.0

    def __add__(self, other: Share) -> Share:
        return Share(self.good + other.good, self.total + other.total, self.short + other.short)


@dataclass(frozen=True)
class Measured:
    """One file with its figures; `why` says why it is no form."""

    name: str
    format: str = ""
    why: str = ""
    pages: int = 0
    fields: int = 0
    notes: int = 0
    shares: Mapping[str, Share] = attribute(default_factory=dict)
    remarks: tuple[str, ...] = ()


def measure(
    source: Source, today: date, seeds: int, figures: frozenset[str] = frozenset(FIGURES)
) -> Measured:
    """All figures of one source; what is no form is only named."""
    if source.importer is None:
        return Measured(source.name, why=source.why)
    of_format = INVENTORIES[source.importer.key]
    try:
        imported = source.importer.read(source.document)
    except Refused as refused:
        return _refused(source, refused, of_format)
    forms = [found.form for found in imported.forms]
    shares = {"F1": kept(source, imported, of_format), "F5": told(source.document, imported, of_format)}
    found = Measured(
        source.name, source.importer.key, "", sum(len(form.pages) for form in forms),
        sum(len(form.fields()) for form in forms), len(imported.report),
        {name: share for name, share in shares.items() if name in figures},
    )  # fmt: skip
    for one in forms:
        try:
            compiled = compile_form(one)
        except DefinitionRefused as refused:
            short = Share(0, 1, (f"cannot be published: {str(refused)[:300]}",))
            added = {name: short for name in WALKS if name in figures}
        else:
            added = {name: walk(compiled, today, seeds) for name, walk in WALKS.items() if name in figures}
        merged = {name: found.shares.get(name, Share()) + share for name, share in added.items()}
        found = replace(found, shares={**found.shares, **merged})
    return found


def _refused(source: Source, refused: Refused, of_format: ModuleType) -> Measured:
    """A source with nothing to keep may be refused; one with something to keep falls short."""
    total = len(list(of_format.pieces(source.document)))
    askable = of_format.is_askable(source.document)
    shares = {"F1": Share(0, total, (f"refused: {refused.sentence}",))} if askable else {}
    key = source.importer.key if source.importer else ""
    return Measured(source.name, key, refused.sentence, shares=shares)


def kept(source: Source, imported: Imported, of_format: ModuleType) -> Share:
    """Each piece of the source is in the form, or named; and the form comes back from every export."""
    index = Kept(imported)
    pieces = list(of_format.pieces(source.document))
    silent = tuple(f"silently lost: {piece}" for piece in pieces if index.silent(piece))
    share = Share(len(pieces) - len(silent), len(pieces), silent)
    for found in imported.forms:
        lost = yaml_loss(found.form)
        share += Share(1 - len(lost), 1, tuple(lost))
        for kind in exporters:
            if kind.whole and kind.key == imported.format:
                total, gone = silent_loss(found.form, kind())
                share += Share(
                    total - len(gone), total, tuple(f"lost in the export: {fact}" for fact in gone)
                )
    return share


def told(document: Any, imported: Imported, of_format: ModuleType) -> Share:
    """The defects that are there are reported, and no others."""
    real = of_format.defects(document)
    said = {(note.code, note.path) for note in imported.report.of("defect") if note.code in DEFECTS}
    missed = tuple(f"defect not found: {code} at {path}" for code, path in sorted(real - said, key=str))
    false = tuple(f"false alarm: {code} at {path}" for code, path in sorted(said - real, key=str))
    return Share(len(real & said), len(real | said), missed + false)


def _sent(compiled: CompiledForm, today: date, seeds: int) -> Share:
    if all(compiled.pages[path[-1]].page.exit for path in paths(compiled)):
        return Share(short=("every way ends at an exit page: nothing is ever sent",))
    short = []
    for seed in range(seeds):
        walk = random_walk(compiled, seed, today)
        if not walk.complete or walk.changed:
            reason = walk.errors or walk.changed or (f"ends at the exit page {walk.exit_page}",)
            short.append(f"seed {seed}: {'; '.join(reason)[:300]}")
    return Share(seeds - len(short), seeds, tuple(short))


def _walked(compiled: CompiledForm, today: date, seeds: int) -> Share:
    report = walk_paths(compiled, today)
    short = [f"path not found: {' > '.join(path)}" for path in report.not_found]
    short += [f"contradicts itself: {' > '.join(path)}" for path in report.contradictory]
    short += [] if report.complete else ["there are more paths than were listed"]
    total = len(report.walked) + len(report.not_found)
    return Share(len(report.walked), total, tuple(short + list(report.problems)))


def _refusing(compiled: CompiledForm, today: date, seeds: int) -> Share:
    findings = invalid_values(compiled, today, NAUGHTY)
    shown = {page for path in walk_paths(compiled, today).walked for page in path.pages}
    hidden = sorted({found.page for found in findings if found.typed is None and found.page not in shown})
    findings = [found for found in findings if found.typed is not None or found.page in shown]
    never = [found for found in findings if found.fault == CONTRADICTS]
    findings = [found for found in findings if found.fault != CONTRADICTS]
    remarks = tuple(f"no walk leads to the page {page}" for page in hidden)
    remarks += tuple(f"contradicts itself: {found.page}.{found.field} is never shown" for found in never)
    short = tuple(f"{found.page}.{found.field}: {found.fault}" for found in findings if found.fault)
    return Share(len(findings) - len(short), len(findings), short + remarks)


WALKS: Mapping[str, Callable[[CompiledForm, date, int], Share]] = {
    "F2": _sent,
    "F3": _walked,
    "F4": _refusing,
}
