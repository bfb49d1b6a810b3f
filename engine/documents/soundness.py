"""Whether a file can be opened and carries no program; its pages and pixels are not decoded."""

from __future__ import annotations

import warnings
from typing import BinaryIO

import pikepdf
from PIL import Image

MOST_PIXELS = 100_000_000
_PICTURES = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp", "tiff"))
_PROGRAMS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")


class Unsound(Exception):
    """The file is broken, or made to harm whoever opens it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(file: BinaryIO, content_type: str, max_pages: int | None = None) -> None:
    """Refuse a broken file, a dangerous one, or a PDF of too many pages by raising Unsound."""
    file.seek(0)
    if content_type == "application/pdf":
        _check_pdf(file, max_pages)
    elif content_type in _PICTURES:
        _check_image(file)
    file.seek(0)


def _check_pdf(file: BinaryIO, max_pages: int | None) -> None:
    """It opens, has pages but not too many, and starts no program."""
    try:
        with pikepdf.open(file) as pdf:
            if not len(pdf.pages):
                raise Unsound("broken")
            if _starts_a_program(pdf):
                raise Unsound("active_content")
            if max_pages and len(pdf.pages) > max_pages:
                raise Unsound("too_many_pages")
    except pikepdf.PasswordError as error:
        raise Unsound("locked") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise Unsound("broken") from error


def _starts_a_program(pdf: pikepdf.Pdf) -> bool:
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        return True
    holders = [pdf.Root, *(page.obj for page in pdf.pages)]
    return any(_is_program(action) for holder in holders for action in _actions(holder))


def _actions(holder: pikepdf.Object) -> list[pikepdf.Object]:
    actions = [holder["/OpenAction"]] if "/OpenAction" in holder else []
    actions += list(holder["/AA"].values()) if "/AA" in holder else []
    for annotation in holder.get("/Annots", []):
        actions += [annotation["/A"]] if "/A" in annotation else []
    return actions


def _is_program(action: pikepdf.Object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _PROGRAMS


def _check_image(file: BinaryIO) -> None:
    """The header is whole and the picture is not so large that opening it would fill the memory."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unsound("too_many_pixels")
                image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unsound("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError) as error:
        raise Unsound("broken") from error
