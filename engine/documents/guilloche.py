"""Woven line drawings as on banknotes: smooth curves with few points, so that a PDF stays small."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

UNIT = 100  # drawings count in hundredths of a millimetre: whole numbers, no decimal points
Point = tuple[float, float]
Curve = Callable[[float], tuple[Point, Point]]  # parameter -> place, and direction of travel


@dataclass(frozen=True)
class Art:
    """A drawing as deflated PDF operators, its origin at the top left; size in millimetres."""

    width: float
    height: float
    data: bytes


def art(width: float, height: float, strands: Sequence[str], colour: str, line: float) -> Art:
    """All strands as one stroke in one colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    pen = f"{red:.3f} {green:.3f} {blue:.3f} RG {line * UNIT:g} w 1 j "
    return Art(width, height, zlib.compress((pen + " ".join(strands) + " S").encode(), 9))


def strand(curve: Curve, start: float, end: float, steps: int, *, closed: bool = False) -> str:
    """Draw a curve as Bézier pieces that share place and direction with it at every joint."""
    span = (end - start) / steps
    k = span / 3
    (x, y), (dx, dy) = curve(start)
    drawn = [f"{x * UNIT:.0f} {y * UNIT:.0f} m"]
    for step in range(1, steps + 1):
        (to_x, to_y), (to_dx, to_dy) = curve(start + span * step)
        controls = (x + dx * k, y + dy * k, to_x - to_dx * k, to_y - to_dy * k, to_x, to_y)
        drawn.append(" ".join(f"{each * UNIT:.0f}" for each in controls) + " c")
        x, y, dx, dy = to_x, to_y, to_dx, to_dy
    return " ".join(drawn) + (" h" if closed else "")


def rosette(centre: Point, radius: float, petals: int, strands: int, depth: float) -> list[str]:
    """Strands around a centre, each turned a little against the last."""
    turn, steps = 2 * math.pi, petals * 4
    curves = (_petals(centre, radius, petals, depth, turn * each / strands) for each in range(strands))
    return [strand(curve, 0, turn, steps, closed=True) for curve in curves]


def band(start: Point, end: Point, amplitude: float, wave_length: float, strands: int) -> list[str]:
    """A woven ribbon between two points."""
    length = math.dist(start, end)
    waves = round(length / wave_length)
    drawn = []
    for each in range(strands):
        phase = math.pi * each / strands
        curve = _wave(start, end, amplitude * math.cos(phase * 0.4), waves, phase)
        drawn.append(strand(curve, 0, length, waves * 4))
    return drawn


def _petals(centre: Point, radius: float, petals: int, depth: float, phase: float) -> Curve:
    def curve(angle: float) -> tuple[Point, Point]:
        r = radius * (1 - depth + depth * math.sin(petals * angle + phase))
        growth = radius * depth * petals * math.cos(petals * angle + phase)
        cos, sin = math.cos(angle), math.sin(angle)
        return (centre[0] + r * cos, centre[1] + r * sin), (growth * cos - r * sin, growth * sin + r * cos)

    return curve


def _wave(start: Point, end: Point, amplitude: float, waves: int, phase: float) -> Curve:
    length = math.dist(start, end)
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    k = 2 * math.pi * waves / length

    def curve(t: float) -> tuple[Point, Point]:
        d, slope = amplitude * math.sin(k * t + phase), amplitude * k * math.cos(k * t + phase)
        return (start[0] + ux * t - uy * d, start[1] + uy * t + ux * d), (ux - uy * slope, uy + ux * slope)

    return curve


def frame(colour: str, width: float = 210, height: float = 297) -> Art:
    """Four ribbons and four corner rosettes around a page."""
    amplitude, inset, gap = 2.6, 11.6, 5
    right, bottom = width - inset, height - inset
    sides = [
        ((inset + gap, inset), (right - gap, inset)),
        ((inset + gap, bottom), (right - gap, bottom)),
        ((inset, inset + gap), (inset, bottom - gap)),
        ((right, inset + gap), (right, bottom - gap)),
    ]
    drawn = [each for start, end in sides for each in band(start, end, amplitude, 8.4, 5)]
    for corner in ((inset, inset), (right, inset), (inset, bottom), (right, bottom)):
        drawn += rosette(corner, 5.2, 8, 7, 0.34)
    return art(width, height, drawn, colour, 0.16)


def rose(colour: str) -> Art:
    """The pale rosette under the text."""
    rings = ((74, 24, 9, 0.10), (62, 18, 9, 0.16), (48, 12, 9, 0.24), (30, 9, 8, 0.36))
    return art(160, 160, [each for ring in rings for each in rosette((80, 80), *ring)], colour, 0.14)


def seal(colour: str, size: float) -> Art:
    """The ring of a seal; the emblem is printed in its middle."""
    k = size / 40
    middle = (size / 2, size / 2)
    drawn = rosette(middle, 18.5 * k, 36, 6, 0.07) + rosette(middle, 14.5 * k, 16, 8, 0.16)
    return art(size, size, drawn, colour, 0.14 * k)
