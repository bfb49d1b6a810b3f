"""Long lists that a form asks for by name, so that no form carries them: countries, languages, currencies."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from babel.numbers import get_territory_currencies

from forms_library.countries import countries
from forms_library.localising import locale_of

Labels = Mapping[str, str]
NamedList = Callable[[str], Labels]
"""Gives the labels by key in a language, in the order of that language."""

LISTS: dict[str, NamedList] = {}


def named_list(name: str) -> Callable[[NamedList], NamedList]:
    """Adds a list under a name; meant as a decorator, also for installations that have lists of their own."""

    def add(labels: NamedList) -> NamedList:
        if name in LISTS:
            raise ValueError(f"There is already a list named {name!r}.")
        LISTS[name] = labels
        return labels

    return add


named_list("countries")(countries)


@named_list("languages")
@lru_cache(maxsize=16)
def _languages(language: str) -> Labels:
    names = {key: name for key, name in locale_of(language).languages.items() if key.isalpha()}
    return _in_order(names)


@named_list("currencies")
@lru_cache(maxsize=16)
def _currencies(language: str) -> Labels:
    names = locale_of(language).currencies
    in_use = {key for country in countries("en") for key in get_territory_currencies(country)}
    return _in_order({key: f"{names.get(key, key)} ({key})" for key in in_use})


def _in_order(labels: Labels) -> Labels:
    return dict(sorted(labels.items(), key=lambda item: item[1].casefold()))
