"""Small real PDF files to upload."""

from pathlib import Path

import pikepdf


def make_pdf(path: Path, pages: int = 1) -> Path:
    """Write a PDF of empty A4 pages."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    return path
