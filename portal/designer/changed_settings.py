"""Which settings of a part are other than before, in words: "Hint, Must be answered (yes → no)"."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from engine.core.text import Text
from portal.designer.merging import same
from portal.designer.setting_texts import sayer
from portal.designer.settings_schema import setting_title

MOST = 6  # settings that are named
LONGEST = 40  # letters of a value that is shown


def changed_settings(old: Any, new: Any, language: str) -> str:
    """The titles of the settings that differ, with what they were and are where that is short."""
    before, after = _flat(old), _flat(new)
    names = [name for name in {**before, **after} if not same(before.get(name), after.get(name))]
    say = sayer(language)
    told = []
    for name in names[:MOST]:
        was, now = (_short(one.get(name), language) for one in (before, after))
        told.append(setting_title(name, say) + _values(was, now))
    return ", ".join(told) + (", …" if len(names) > MOST else "")


def _values(was: str | None, now: str | None) -> str:
    if was is None or now is None or not (was or now):
        return ""
    return f" ({was} → {now or '–'})" if was else f" ({now})"


def _flat(content: Any) -> dict[str, Any]:
    """The settings of a part; those of its kind stand among them, for nobody else calls them options."""
    if not isinstance(content, dict):
        return {}
    options = content.get("options")
    own = {name: value for name, value in content.items() if name != "options"}
    return {**(options if isinstance(options, dict) else {}), **own}


def _short(value: Any, language: str) -> str | None:
    """A value in a few words, empty for none; nothing for what is longer than that."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return str(value)
    try:
        words = Text.model_validate(value).in_(language)
    except ValidationError:
        return None
    return words if len(words) <= LONGEST else None
