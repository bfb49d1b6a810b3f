"""Finding a choice among thousands by what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms_library.folding import folded

MOST_FOUND = 20
# One or two letters lie within nearly every name.
SHORTEST_WITHIN = 3


@dataclass(frozen=True)
class Entry:
    """One choice: its key, its label in one language, and the label as it is searched."""

    key: str
    label: str
    plain: str


Index = tuple[Entry, ...]


def index_of(labels: Mapping[str, str]) -> Index:
    """The choices of one language made ready to be searched."""
    return tuple(Entry(key, label, folded(label)) for key, label in labels.items())


def search(index: Index, text: str, limit: int = MOST_FOUND) -> list[Entry]:
    """The choices that fit, best first: the same, beginning so, a word beginning so, then within."""
    wanted = folded(text)
    if not wanted:
        return []
    ranked = [(rank, entry) for entry in index if (rank := _rank(entry.plain, wanted)) is not None]
    ranked.sort(key=lambda pair: (pair[0], pair[1].plain))
    return [entry for _, entry in ranked[:limit]]


def meant(index: Index, text: str, limit: int = MOST_FOUND) -> list[Entry]:
    """The choices that a typed text may mean; one when there is no doubt."""
    wanted = folded(text)
    same = [entry for entry in index if entry.plain == wanted] if wanted else []
    return _written_alike(same, text) or same or search(index, text, limit)


def _written_alike(entries: Iterable[Entry], text: str) -> list[Entry]:
    """Among labels that fold to the same, those written letter for letter as typed."""
    return [entry for entry in entries if entry.label.strip() == text.strip()]


def _rank(plain: str, wanted: str) -> int | None:
    if plain == wanted:
        return 0
    place = plain.find(wanted)
    if place < 0:
        return None
    if place == 0:
        return 1
    if f" {wanted}" in plain:
        return 2
    return 3 if len(wanted) >= SHORTEST_WITHIN else None
