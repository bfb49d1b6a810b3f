"""The address of a page on the web."""

import re
from random import Random
from typing import Any, ClassVar
from urllib.parse import urlsplit

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input
from forms_library.controls import one_line as one_line_control
from forms_library.field_type import FieldType, Reading, as_line, field_types
from forms_library.markup import Raw

LONGEST = 2_000
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
HOST = re.compile(r"(?!-)[^\s\"'<>\\^`{|}/?#@:]{1,253}")
UNSAFE = re.compile(r"[\s\"<>\\^`{|}]")


@field_types.register
class Url(FieldType):
    """A web address; https:// is added where it was not typed, and nothing else than the web is taken."""

    key: ClassVar[str] = "url"
    label: ClassVar[Text] = Text({"en": "Web address", "fr": "Adresse web", "ar": "عنوان موقع"})
    icon: ClassVar[str] = "globe"
    errors = {
        "format": Text({
            "en": "Enter a web address in the right form, like https://www.example.org",
            "fr": "Saisissez une adresse web valable, par exemple https://www.example.org",
            "ar": "أدخل عنوان موقع بالصيغة الصحيحة، مثل https://www.example.org",
        }),
    }  # fmt: skip
    accepts = (
        ({}, " www.Example.org ", "https://www.example.org"),
        ({}, "http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ({}, "https://مثال.إختبار/سوق", "https://مثال.إختبار/سوق"),
        ({}, "", None),
    )
    rejects = (
        ({}, "javascript:alert(1)", "format"),
        ({}, "ftp://example.org", "format"),
        ({}, "https://name:secret@example.org", "format"),
        ({}, "our page", "format"),
        ({}, "localhost", "format"),
        ({}, "https://example.org:port", "format"),
        ({}, "https://example.org/" + "a" * LONGEST, "too_long"),
    )

    @property
    def kind(self) -> Kind:
        """Text."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The address with its scheme, the name of the machine in small letters."""
        text = one_line(as_line(raw))
        if not text:
            return None
        if len(text) > LONGEST:
            raise refuse("too_long", max=LONGEST)
        return _address(text if SCHEME.match(text) else f"https://{text}")

    def example(self, random: Random) -> Raw:
        """An address that nobody has."""
        return f"https://{random.choice(('www', 'shop', 'stall'))}.example.org/{random.randint(1, 999)}"

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """A program, another kind of address, a password in it, and words."""
        return tuple((raw, code) for _, raw, code in self.rejects)

    def markup(self, face: Face) -> str:
        """One input, left to right in every language."""
        return one_line_control(
            face, Input(type="url", autocomplete="url", spellcheck="false", left_to_right=True)
        )

    def text(self, answer: Any, language: str) -> str:
        """The address."""
        return str(answer)

    def html(self, answer: Any, language: str) -> str:
        """The address, left to right; no link: staff should see where it leads before they go there."""
        return super().html(answer, language).replace("<bdi>", '<bdi dir="ltr">')

    def json_schema(self) -> dict[str, Any]:
        """A string that begins with http."""
        return {"type": "string", "pattern": "^https?://", "maxLength": LONGEST + len("https://")}


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise refuse("format") from None
    if parts.scheme.lower() not in ("http", "https") or parts.username or parts.password or port == 0:
        raise refuse("format")
    if "." not in host.strip(".") or not HOST.fullmatch(host) or UNSAFE.search(text):
        raise refuse("format")
    rest = text[len(parts.scheme) + len("://") + len(parts.netloc) :]
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{rest}"
