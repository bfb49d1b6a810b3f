"""How alike two applications are: keys by which they find each other, then a comparison answer by answer.

The keys are keyed hashes of words, of their consonants and of the halves of numbers, so that a slip of the
hand in one place leaves another key as it was, and the table of keys tells nobody what was answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.crypto import salted_hmac

from forms_library.folding import folded

SALT = "workflows.likeness"
SHORTEST_WORD, SHORTEST_CONSONANTS, SHORTEST_NUMBER = 3, 3, 6
MOST_KEYS = 40
NEAR = 0.6  # from here on two answers are nearly the same
ALIKE = 0.72  # from here on two applications may be the same
SOUNDS_SAME, NEAR_ENOUGH = 0.9, 0.5  # only for words that have half of their letters in common
NUMBER_WEIGHT, WORDS_WEIGHT = 3, 2
_SOFT = re.compile(r"[aeiouyw]")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Likeness:
    """What the comparison of two applications has found: the questions, and how alike both are, 0 to 1."""

    score: float
    same: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def is_alike(self) -> bool:
        """Whether both may be the same."""
        return self.score >= ALIKE and bool(self.same or self.near)


def keys_of(texts: Mapping[str, str]) -> list[int]:
    """The keys of an application, from the texts of its answers by question."""
    words = dict.fromkeys(f"{name}:{part}" for name, text in texts.items() for part in _parts(text))
    return [_hashed(word) for word in list(words)[:MOST_KEYS]]


def compared(one: Mapping[str, str], other: Mapping[str, str]) -> Likeness:
    """Compare the answers that both have; numbers weigh more than words."""
    total = weights = 0.0
    same: list[str] = []
    near: list[str] = []
    for name in one:
        if not one[name].strip() or not other.get(name, "").strip():
            continue
        alike = similarity(one[name], other[name])
        weight = NUMBER_WEIGHT if is_number(one[name]) else WORDS_WEIGHT
        total, weights = total + weight * alike, weights + weight
        (same if alike == 1 else near if alike >= NEAR else []).append(name)
    return Likeness(total / weights if weights else 0.0, tuple(same), tuple(near))


def similarity(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1; capitals, accents, signs and the order of words count for nothing."""
    left, right = folded(one).split(), folded(other).split()
    if sorted(left) == sorted(right):
        return 1.0
    if is_number(one) and is_number(other):
        ratio = SequenceMatcher(None, "".join(left), "".join(right), autojunk=False).ratio()
        return ratio if ratio >= 0.8 else 0.0  # numbers of two people have many digits in common
    if "".join(left) == "".join(right):
        return 1.0
    a, b = _trigrams(left), _trigrams(right)
    shared = 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
    return max(shared, SOUNDS_SAME) if shared >= NEAR_ENOUGH and _sound_alike(left, right) else shared


def is_number(text: str) -> bool:
    """Whether a text names something by its digits rather than by words."""
    plain = "".join(folded(text).split())
    digits = sum(sign.isdigit() for sign in plain)
    return len(plain) >= SHORTEST_NUMBER and digits * 2 >= len(plain)


def _sound_alike(left: list[str], right: list[str]) -> bool:
    """Whether words differ by their vowels only, as names do that are written as they sound."""
    one, other = (sorted(map(_consonants, words)) for words in (left, right))
    return one == other


def _parts(text: str) -> Iterator[str]:
    plain = folded(text)
    if is_number(text):
        number = plain.replace(" ", "")
        half = len(number) // 2
        yield from (f"={number}", f"<{number[:half]}", f">{number[-half:]}")
        return
    for word in plain.split():
        if len(word) >= SHORTEST_WORD:
            yield word
            consonants = _consonants(word)
            if len(consonants) >= SHORTEST_CONSONANTS:
                yield f"~{consonants}"


def _consonants(word: str) -> str:
    return _TWICE.sub(r"\1", _SOFT.sub("", word))


def _trigrams(words: list[str]) -> frozenset[str]:
    padded = [f"  {word} " for word in words]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def _hashed(word: str) -> int:
    digest = salted_hmac(SALT, word, algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big", signed=True)
