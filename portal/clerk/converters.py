"""Parts of addresses that only this room has."""


class ItemConverter:
    """The key of a work item: digits that fit into the column."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """As a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As digits."""
        return str(value)
