"""The currencies that a form may name."""

from typing import Annotated

from babel.numbers import list_currencies
from pydantic import AfterValidator


def _known(code: str) -> str:
    if code not in list_currencies():
        raise ValueError('This must be the three-letter code of a currency, like "EUR"')
    return code


Currency = Annotated[str, AfterValidator(_known)]
