"""What a person could type, made up by chance: for walks through a form and for its tests."""

import io
import zipfile
from collections.abc import Mapping
from random import Random

from PIL import Image

WORDS = (
    "harbour", "stall", "olive", "market", "Leila", "bread", "Zoë", "lantern", "river", "قرية", "Éire",
    "copper", "window", "garden", "north", "café", "signal", "timber", "orchard", "meadow", "ferry", "Haddad",
)  # fmt: skip
GIVEN = ("Leila", "Karim", "Zoë", "Ines", "Ravi", "Noor", "Émile", "مريم")
FAMILY = ("Haddad", "Bello", "Rocha", "O’Neill", "Nguyễn", "Lindqvist", "الحداد")
TOWNS = ("Old Harbour", "Green Hill", "Saint-Éloi", "North Quay")
WORKING_PARTS = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
}
MIMETYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
TEXTS = {"txt": b"olive, bread\n", "csv": b"stall,trade\n1,olives\n"}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n166\n%%EOF\n"
)


def words(random: Random, count: int) -> str:
    """So many words with spaces between."""
    return " ".join(random.choice(WORDS) for _ in range(count))


def line(random: Random, least: int, most: int) -> str:
    """Words of at least and at most so many characters, no space at either end."""
    text = words(random, random.randint(1, 4))
    while len(text) < least:
        text += " " + random.choice(WORDS)
    text = text[:most]
    return text[:-1] + "x" if text.endswith(" ") else text


def file_of(kind: str, random: Random) -> tuple[str, bytes]:
    """The name and the bytes of a small file that opens, of a kind that forms ask for."""
    name = f"sample-{random.randint(1, 999)}.{kind}"
    if kind == "pdf":
        return name, PDF
    if kind in TEXTS:
        return name, TEXTS[kind]
    return name, _office(kind) if kind in WORKING_PARTS or kind in MIMETYPES else _picture(kind, random)


def _picture(kind: str, random: Random) -> bytes:
    colour = (random.randrange(256), random.randrange(256), random.randrange(256))
    data = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(data, format="JPEG" if kind == "jpg" else kind.upper())
    return data.getvalue()


def _office(kind: str) -> bytes:
    parts: Mapping[str, str] = (
        {"mimetype": MIMETYPES[kind], "content.xml": "<x/>"}
        if kind in MIMETYPES
        else dict.fromkeys(WORKING_PARTS[kind], "<x/>")
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return data.getvalue()
