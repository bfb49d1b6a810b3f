"""Compiles the translations (`locale/<language>/LC_MESSAGES/*.po`) that changed; started by ./run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\((\w+)\)")
FLOORS = ("engine", "forms_library", "workflows", "portal")


def stale(root: Path) -> Iterator[Path]:
    """Catalogues that are newer than what was compiled from them."""
    for floor in FLOORS:
        for source in sorted((root / floor).glob("**/locale/*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns:
                yield source


def compile_catalogue(source: Path) -> list[str]:
    """Writes the compiled file, or returns why a placeholder of a translation would fail when used."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    problems = [f"{source}:{m.lineno}: {problem}" for m in catalogue if (problem := unknown_names(m))]
    if not problems:
        fresh = source.with_suffix(".mo.new")
        with fresh.open("wb") as out:
            write_mo(out, catalogue)
        fresh.replace(source.with_suffix(".mo"))
    return problems


def unknown_names(message: Message) -> str:
    """Placeholders that no form of the original has; languages differ in which forms name the figure."""
    if not message.python_format:
        return ""
    known = {name for text in _forms(message.id) for name in PLACEHOLDER.findall(text)}
    used = {name for text in _forms(message.string) for name in PLACEHOLDER.findall(text)}
    return ", ".join(f"the original has no placeholder {name}" for name in sorted(used - known))


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text,) if isinstance(text, str) else text or ()


def main() -> int:
    """Compiles all of them and names every problem."""
    problems: list[str] = []
    for source in stale(ROOT):
        print(f"== translations of {source.relative_to(ROOT)}", flush=True)
        problems += compile_catalogue(source)
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
