"""What the first visitor of a process would wait for, made before there is one.

The web server does this once and starts its processes as copies, so they share it and begin at once.
"""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.utils import get_app_template_dirs
from django.urls import resolve
from django.utils import translation


def warm_up() -> None:
    """Addresses with their views, templates and words; nothing of it asks a server."""
    resolve("/")
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Continue")
    for name in own_templates():
        engines["django"].get_template(name)
    gc.collect()
    gc.freeze()  # what lives as long as the process is not looked through again


def own_templates() -> list[str]:
    """The names of the templates of this project."""
    folders = [folder for folder in map(Path, get_app_template_dirs("templates")) if _is_ours(folder)]
    return sorted(str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html"))


def _is_ours(folder: Path) -> bool:
    return folder.is_relative_to(settings.ROOT) and "site-packages" not in folder.parts
