"""Text without capitals, accents and marks, for finding what a person means."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Small letters of the plain alphabet, single spaces, no punctuation: "São-Tomé" becomes "sao tome"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = (
        letter if letter.isalnum() else " " for letter in decomposed if not unicodedata.combining(letter)
    )
    return " ".join("".join(letters).split())
