"""All field types that there are: importing this module fills the registry from the folder `fields`."""

from forms_library.field_type import field_types

field_types.discover("forms_library.fields")

__all__ = ["field_types"]
