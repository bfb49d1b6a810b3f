"""What stands between questions: it is shown and never answered."""

from typing import Any, ClassVar

from engine.core.rules import Kind
from forms_library.field_type import FieldType, Reading
from forms_library.markup import Raw


class LayoutType(FieldType):
    """A piece of text; it has no answer."""

    has_answer: ClassVar[bool] = False

    @property
    def kind(self) -> Kind:
        """Never asked for: what has no answer is no name in a rule."""
        return "text"

    def parse(self, raw: Raw, reading: Reading) -> None:
        """Nothing was asked."""

    def text(self, answer: Any, language: str) -> str:
        """Nothing was answered."""
        return ""

    def json_schema(self) -> dict[str, Any]:
        """No answer is stored."""
        return {"not": {}}
