"""Pages of a PDF as pictures."""

from __future__ import annotations

import io

from PIL import Image

from engine.documents import pdf
from engine.documents.pictures import MOST_PAGES, pages_as_png


def test_each_page_is_a_picture_of_the_width_asked_for() -> None:
    data = pdf.draw('<p>One</p><p style="break-before: page">Two</p>').data
    pictures = [Image.open(io.BytesIO(picture)) for picture in pages_as_png(data, 600)]
    assert [picture.width for picture in pictures] == [600, 600]
    assert all(abs(picture.height / picture.width - 297 / 210) < 0.01 for picture in pictures)
    assert all(picture.convert("L").getextrema()[0] < 64 for picture in pictures), (
        "something is written there"
    )


def test_of_many_pages_only_the_first_are_drawn() -> None:
    data = pdf.draw('<p style="break-after: page">Page</p>' * (MOST_PAGES + 2)).data
    assert len(pages_as_png(data, 60)) == MOST_PAGES
