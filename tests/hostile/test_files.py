"""Every hostile file through the upload, in a process of its own within 256 MB and 5 seconds."""

import pytest

from tests.engine.documents.conftest import HOSTILE
from tests.limits import Measured, measured

# what each file becomes; a file that is new among the cases has no line here and fails the test
BECOMES = {
    "billion_laughs.xml": "refused: wrong_type",
    "csv_formula_injection.csv": "kept as text/csv csv_formula_injection.csv",
    "docx_macro_name.docm": "refused: wrong_type",
    "eicar.com.b64": "kept as text/plain eicar.com.txt",
    "empty.pdf": "refused: empty",
    "filenames.txt": "kept as text/plain filenames.txt",
    "html_as.pdf": "refused: wrong_type",
    "jpeg_polyglot_php.jpg": "kept as image/jpeg jpeg_polyglot_php.jpg",
    "nested_zip_4096x1MB.zip": "refused: wrong_type",
    "pdf_js_openaction.pdf": "refused: active_content",
    "pdf_self_referencing_pages.pdf": "refused: broken",
    "png_30000x30000_bomb.png": "refused: too_many_pixels",
    "png_as.jpg": "kept as image/png png_as.png",
    "svg_script.svg": "refused: wrong_type",
    "svg_xxe.svg": "refused: wrong_type",
    "truncated.pdf": "refused: broken",
    "truncated.png": "refused: broken",
    "zip_10MB_to_10KB.zip": "refused: wrong_type",
    "zip_slip.zip": "refused: wrong_type",
}

pytestmark = pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile cases are not on this machine")


@pytest.fixture(scope="module")
def became() -> dict[str, Measured]:
    """What each file became, and its cost."""
    names = sorted(path.name for path in HOSTILE.iterdir() if path.name != "SOURCE.txt")
    found = measured("tests.hostile.uploads:take", names, megabytes=256, seconds=5)
    for name, one in found.items():
        print(f"{name}: {one.said}; {one.seconds:.2f} s, {one.megabytes:.0f} MB")  # noqa: T201
    return found


def test_each_hostile_file_is_refused_or_neutralised_within_its_limits(became: dict[str, Measured]) -> None:
    assert {name: one.said for name, one in became.items()} == BECOMES
