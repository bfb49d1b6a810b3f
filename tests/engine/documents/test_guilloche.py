from __future__ import annotations

import math
import re
import zlib

from engine.documents import guilloche


def test_a_strand_ends_where_it_began_and_has_few_points():
    drawn = guilloche.rosette((80, 80), 74, 24, 1, 0.1)[0]
    points = [tuple(map(float, each)) for each in re.findall(r"(-?\d+) (-?\d+) [mc]", drawn)]
    assert drawn.endswith(" h")
    assert math.dist(points[0], points[-1]) <= 1
    assert len(points) == 24 * 4 + 1


def test_every_point_of_a_rosette_lies_between_its_inner_and_outer_circle():
    drawn = " ".join(guilloche.rosette((80, 80), 74, 24, 9, 0.1))
    for x, y in re.findall(r"(-?\d+) (-?\d+) [mc]", drawn):
        distance = math.dist((float(x), float(y)), (8000, 8000)) / guilloche.UNIT
        assert 74 * 0.8 - 0.1 <= distance <= 74 + 0.1


def test_a_frame_stays_on_its_page_and_is_small():
    art = guilloche.frame("#17405c")
    numbers = zlib.decompress(art.data).decode().partition(" j ")[2]
    pairs = re.findall(r"(-?\d+) (-?\d+) [mc]", numbers)
    assert all(0 < int(x) < 21_000 and 0 < int(y) < 29_700 for x, y in pairs)
    assert len(art.data) < 60_000
