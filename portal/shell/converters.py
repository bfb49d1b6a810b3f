"""Parts of addresses that several rooms have."""


class ReferenceConverter:
    """The reference of a case: TRL-2026-000012, or TRL-2026-000012-1 of one that it opened."""

    regex = "[A-Z][A-Z0-9]{0,11}-[0-9]{4}-[0-9]{1,12}(?:-[0-9]{1,4}){0,5}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value
