"""Numbers as our settings write them."""

from decimal import Decimal


def plain_number(value: float) -> str:
    """A number without exponent: 0.0000001, 1000000."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")
