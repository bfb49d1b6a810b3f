"""What somebody sent for one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from forms_library.uploads import SentFile

# Our own fields have a hyphen, which no key of a field of a form has.
REVISION, TOKEN, TO, LATER = "page-revision", "page-token", "page-to", "page-later"
ASKED, WRONG, CHANGED = "page-asked", "page-wrong", "page-changed"
TYPED, FILE, WINDOW, SURE = "page-typed", "page-file", "page-window", "page-sure"
LONGEST_WINDOW = 40


@dataclass(frozen=True)
class Posted:
    """Typed values, files, and files that were stored before somebody had to sign in again."""

    data: MultiValueDict[str, str]
    files: MultiValueDict[str, SentFile] = field(default_factory=MultiValueDict)
    uploads: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest) -> "Posted":
        """What this request carries."""
        return cls(request.POST, request.FILES)

    def says(self, name: str) -> str:
        """One of our own fields."""
        return self.data.get(name) or ""

    def was_asked(self, key: str) -> bool:
        """Whether the question stood on the page that was sent; a page that does not say so had them all."""
        return ASKED not in self.data or key in self.says(ASKED).split(",")

    @property
    def window(self) -> str:
        """The window that the page stands in, as its script names it; empty without a script."""
        return self.says(WINDOW)[:LONGEST_WINDOW]

    def number(self, name: str) -> int:
        """One of our own fields as a number; what is none counts as zero."""
        said = self.says(name)
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
