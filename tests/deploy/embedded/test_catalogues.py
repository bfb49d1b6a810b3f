"""Translations are compiled when they changed, and refused when they would fail in use."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from deploy.embedded.catalogues import compile_catalogue, stale

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalogue(root: Path, entries: str) -> Path:
    path = root / "portal" / "shell" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + entries)
    return path


def test_a_changed_catalogue_is_compiled_once(tmp_path: Path) -> None:
    source = catalogue(tmp_path, 'msgid "Back"\nmsgstr "Retour"\n')
    assert list(stale(tmp_path)) == [source]
    assert compile_catalogue(source) == []
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Back") == "Retour"
    assert list(stale(tmp_path)) == []
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert list(stale(tmp_path)) == [source]


def test_a_translation_that_lost_its_placeholder_is_named(tmp_path: Path) -> None:
    source = catalogue(tmp_path, '#, python-format\nmsgid "%(n)s cases"\nmsgstr "%(count)s dossiers"\n')
    (problem,) = compile_catalogue(source)
    assert "django.po:5: the original has no placeholder count" in problem
    assert not source.with_suffix(".mo").exists()


def test_a_language_may_name_the_figure_where_the_original_says_one(tmp_path: Path) -> None:
    original = 'msgid "One case"\nmsgid_plural "%(n)s cases"\n'
    french = 'msgstr[0] "%(n)s dossier"\nmsgstr[1] "%(n)s dossiers"\n'
    source = catalogue(tmp_path, f"#, python-format\n{original}{french}")
    assert compile_catalogue(source) == []
