"""A form in our own format, as YAML: nothing is lost."""

from typing import ClassVar

import yaml

from engine.core.text import Text
from forms_library.definition import Form
from forms_library.exporting.port import Exported, Exporter, exporters
from forms_library.importing.report import Report


@exporters.register
class Caseway(Exporter):
    """The definition as it is written."""

    key: ClassVar[str] = "caseway"
    label: ClassVar[Text] = Text({"en": "Caseway YAML", "fr": "YAML de Caseway", "ar": "YAML من Caseway"})
    ending: ClassVar[str] = "yaml"

    def write(self, form: Form, language: str = "en") -> Exported:
        """All pages, in all languages."""
        written = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return Exported(yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=110), Report())
