"""Text as it may enter the records: NFC, no control characters, no lone surrogates, of limited length."""

import re
import unicodedata

from forms_library.complaints import refuse

LONGEST_ANSWER = 20_000
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\u0085]")
SPACES = re.compile(r"\s+")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # come along when text is copied


def one_line(raw: str, part: str = "") -> str:
    """A single line: spaces collapsed, ends trimmed; what shows nothing counts as empty."""
    return SPACES.sub(" ", several_lines(raw, part))


def several_lines(raw: str, part: str = "") -> str:
    """Text with line breaks as \\n, ends trimmed; what shows nothing counts as empty."""
    if UNSTORABLE.search(raw):
        raise refuse("characters", part)
    if len(raw) > LONGEST_ANSWER * 2:
        raise refuse("too_long", part, max=LONGEST_ANSWER)
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", raw)).strip()
    return text if shows_something(text) else ""


def shows_something(text: str) -> bool:
    """False for text made only of spaces and invisible characters."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def latin_digits(text: str) -> str:
    """Digits of any script as 0-9, as any keyboard types them; marks of direction are dropped."""
    if text.isascii():
        return text
    kept = DIRECTIONS.sub("", text)
    return "".join(str(unicodedata.decimal(character, character)) for character in kept)


def storable(text: str) -> str:
    """What was typed, without the characters that neither JSON nor the database takes, to show it again."""
    return UNSTORABLE.sub("", text)[: LONGEST_ANSWER * 2]
