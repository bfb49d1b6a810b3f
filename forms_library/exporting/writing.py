"""A form in any known format: importing this module fills the registry from the folder `exporters`."""

from forms_library.definition import Form
from forms_library.exporting.port import Exported, Exporter, exporters

exporters.discover("forms_library.exporters")


def every_format() -> list[type[Exporter]]:
    """All formats; first those from which the whole form can be read again."""
    return sorted(exporters, key=lambda kind: not kind.whole)


def written(form: Form, key: str, language: str) -> Exported:
    """The form in one format; raises UnknownType for one that there is not."""
    return exporters[key]().write(form, language)
