"""The colours of a department: checked for contrast when saved, served as a small style file."""

import colorsys
import hashlib
import re
from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError

INK = "#10212f"
ON_BRAND_CONTRAST = 4.5
TINT_CONTRAST = 7.0


class Theme(NamedTuple):
    """The four colours by which a department paints its place."""

    brand: str
    on_brand: str
    tint: str
    line: str


class Painted(Protocol):
    """Whatever has the four colours."""

    brand: str
    on_brand: str
    tint: str
    line: str


DEFAULT = Theme("#17405c", "#ffffff", "#eaf1f5", "#9dbacb")


def of(department: Painted) -> Theme:
    """The colours of a department."""
    return Theme(department.brand, department.on_brand, department.tint, department.line)


def colour(value: str) -> None:
    """Refuse what is not a colour in six hexadecimal digits."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(f'"{value}" is not a colour. Give it like #17405c.', code="colour")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check(theme: Theme) -> None:
    """Refuse colours that cannot be read, each with the nearest one that can."""
    refused = {}
    if (found := contrast(theme.brand, theme.on_brand)) < ON_BRAND_CONTRAST:
        near = nearest(theme.brand, theme.on_brand, ON_BRAND_CONTRAST)
        refused["brand"] = _sentence("The text colour on the department's colour", found, 4.5, near)
    if (found := contrast(theme.tint, INK)) < TINT_CONTRAST:
        near = nearest(theme.tint, INK, TINT_CONTRAST)
        refused["tint"] = _sentence("Our text colour on the tint", found, 7, near)
    if refused:
        raise ValidationError(refused)


def nearest(wanted: str, against: str, least: float) -> str:
    """The colour of the same hue, as near as possible, that has this contrast; black or white if none has."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(wanted))
    steps = sorted((step / 400 for step in range(401)), key=lambda step: abs(step - lightness))
    for step in steps:
        candidate = _hex(colorsys.hls_to_rgb(hue, step, saturation))
        if contrast(candidate, against) >= least:
            return candidate
    return max("#000000", "#ffffff", key=lambda end: contrast(end, against))


def theme_css(department: Painted) -> str:
    """The style file of a department: four variables and nothing else."""
    brand, on_brand, tint, line = (value.lower() for value in of(department))
    return f":root{{--dept-brand:{brand};--dept-on-brand:{on_brand};--dept-tint:{tint};--dept-line:{line}}}\n"


def theme_hash(department: Painted) -> str:
    """A short name for exactly these colours, so the file can be cached for ever."""
    return hashlib.sha256(theme_css(department).encode()).hexdigest()[:12]


def _sentence(what: str, found: float, least: float, near: str) -> str:
    return (
        f"{what} has a contrast of {found:.1f} and needs {least:g}. The nearest colour that passes is {near}."
    )


def _channels(value: str) -> tuple[float, float, float]:
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(value: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(value)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
