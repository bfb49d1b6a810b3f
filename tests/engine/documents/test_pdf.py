from __future__ import annotations

import gc
import io

import pikepdf

from engine.documents import pdf


def test_a_page_loads_nothing_that_was_not_given_to_it(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>x</text></svg>')
    page = (
        f'<html lang="en"><title>T</title><body><img alt="a" src="file://{secret}"><p>text</p></body></html>'
    )
    plain = '<html lang="en"><title>T</title><body><p>text</p></body></html>'
    asked = []

    class Watched(pdf._Held):
        def fetch(self, url, headers=None):
            asked.append(url)
            return super().fetch(url, headers)

    original, pdf._Held = pdf._Held, Watched
    try:
        data = pdf.draw(page).data
    finally:
        pdf._Held = original
    assert asked == [f"file://{secret}"]
    assert len(data) < len(pdf.draw(plain).data) + 2000


def test_a_page_is_tagged_titled_and_says_its_language():
    drawn = pdf.draw(
        '<html lang="fr"><head><title>Licence</title></head><body><h1>Licence</h1></body></html>'
    )
    with pikepdf.open(io.BytesIO(drawn.data)) as file:
        assert str(file.Root.Lang) == "fr"
        assert file.Root.MarkInfo.Marked
        assert file.docinfo["/Title"] == "Licence"
    assert drawn.pages == 1


def test_a_drawn_page_leaves_nothing_behind_in_memory():
    page = '<html lang="en"><title>T</title><body><p>text</p></body></html>'
    pdf.draw(page)
    gc.collect()
    was_on, before = gc.isenabled(), len(gc.get_objects())
    gc.disable()  # the next look for garbage of Python's own may be 40 MB away
    try:
        pdf.draw(page)
        left = len(gc.get_objects()) - before
    finally:
        if was_on:
            gc.enable()
    assert left < 100
