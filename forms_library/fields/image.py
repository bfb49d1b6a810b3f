"""A picture between questions."""

from typing import Annotated, ClassVar

from pydantic import Field as Value
from pydantic import StringConstraints, field_validator

from engine.core.text import Text
from forms_library.controls import Face
from forms_library.field_type import FieldOptions, field_types, ui
from forms_library.layout_type import LayoutType
from forms_library.markup import attributes, escape

# Only files that the installation serves itself: a picture from elsewhere would tell who reads the form.
Address = Annotated[str, StringConstraints(pattern=r"^/(static|media|documents)/[A-Za-z0-9_./-]{1,300}$")]


class ImageOptions(FieldOptions):
    """Which picture, and what it shows in words."""

    address: Address = Value(title="Address of the picture", json_schema_extra=ui("image"))
    alt: Text = Value(title="What it shows, in words", json_schema_extra=ui("text"))

    @field_validator("alt")
    @classmethod
    def _said(cls, value: Text) -> Text:
        if not value:
            raise ValueError("Say in words what the picture shows")
        return value

    @field_validator("address")
    @classmethod
    def _stays_inside(cls, value: str) -> str:
        if ".." in value or "//" in value:
            raise ValueError("The address must not lead elsewhere")
        return value


@field_types.register
class Image(LayoutType):
    """A picture that explains; its label is the caption, and its words are for those who do not see it."""

    key: ClassVar[str] = "image"
    label: ClassVar[Text] = Text({"en": "Image", "fr": "Image", "ar": "صورة"})
    icon: ClassVar[str] = "image"
    Options = ImageOptions
    options: ImageOptions

    @property
    def needs_label(self) -> bool:
        """The picture says it; a label is its caption."""
        return False

    def markup(self, face: Face) -> str:
        """The picture with its caption."""
        values = {"src": self.options.address, "alt": self.options.alt.in_(face.language), "loading": "lazy"}
        caption = f'<figcaption class="govuk-hint">{escape(face.label)}</figcaption>' if face.label else ""
        return f'<figure class="cw-figure" id="{face.key}"><img{attributes(values)}>{caption}</figure>'
