"""Texts by people, made fit for a mail program and the database."""

import re

LONGEST_SUBJECT = 180
# Control signs, halves of surrogates, and what turns the direction of the rest of a line.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """A text of several lines without signs that a mail program or the database refuses."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, longest: int) -> str:
    """A text that can stand in a header: one line, not too long."""
    line = " ".join(UNFIT.sub("", " ".join(text.split())).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
