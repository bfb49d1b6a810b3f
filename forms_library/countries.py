"""The names of the countries in every language."""

from functools import lru_cache

from forms_library.localising import locale_of

# Codes that Babel lists beside the countries: unions, unknown and test regions.
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache(maxsize=16)
def countries(language: str) -> dict[str, str]:
    """The names of the countries by their two-letter code, in the order of the language's names."""
    locale = locale_of(language)
    named = {
        code: name
        for code, name in locale.territories.items()
        if len(code) == 2 and code not in NOT_COUNTRIES
    }
    return dict(sorted(named.items(), key=lambda item: item[1]))
