"""How votes are counted, in a sentence for staff and in a few words for a drawing."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.text import Text
from workflows.voting.counting import Ballot, weight_of
from workflows.voting.definition import All, AnyOf, FlatRule, Level, Levels, Voter, Weighted

SENTENCES = {
    "one": Text({"en": "One person decides.", "fr": "Une personne décide.", "ar": "يقرر شخص واحد."}),
    "all": Text({
        "en": "All {m} must approve.",
        "fr": "Les {m} doivent tous approuver.",
        "ar": "يجب أن يوافق الجميع، وعددهم {m}.",
    }),
    "any": Text({
        "en": "One approval of {m} is enough.",
        "fr": "Une approbation sur {m} suffit.",
        "ar": "تكفي موافقة واحدة من {m}.",
    }),
    "n_of_m": Text({
        "en": "{n} of {m} must approve.",
        "fr": "{n} sur {m} doivent approuver.",
        "ar": "يجب أن يوافق {n} من {m}.",
    }),
    "weighted": Text({
        "en": "The approvals must weigh at least {n} of {m}.",
        "fr": "Les approbations doivent peser au moins {n} sur {m}.",
        "ar": "يجب ألا يقل وزن الموافقات عن {n} من {m}.",
    }),
    "veto": Text({
        "en": "Nothing is approved without those who hold a veto.",
        "fr": "Rien n’est approuvé sans les titulaires d’un veto.",
        "ar": "لا تتم الموافقة دون أصحاب حق النقض.",
    }),
    "level": Text({
        "en": "Level {n} of {m}.", "fr": "Niveau {n} sur {m}.", "ar": "المستوى {n} من {m}."
    }),
}  # fmt: skip
SHORT = {
    "all": Text({"en": "All {m}", "fr": "Les {m}", "ar": "الجميع ({m})"}),
    "everybody": Text({"en": "Everybody", "fr": "Tous", "ar": "الجميع"}),
    "any": Text({"en": "One of {m}", "fr": "Un sur {m}", "ar": "واحد من {m}"}),
    "n_of_m": Text({"en": "{n} of {m}", "fr": "{n} sur {m}", "ar": "{n} من {m}"}),
    "weighted": Text({"en": "Weight {n} of {m}", "fr": "Poids {n} sur {m}", "ar": "وزن {n} من {m}"}),
    "levels": Text({"en": "{m} levels", "fr": "{m} niveaux", "ar": "{m} مستويات"}),
    "several": Text({"en": "several", "fr": "plusieurs", "ar": "عدة"}),
}


def sentence(rule: FlatRule, ballots: Sequence[Ballot], level: tuple[int, int], language: str) -> str:
    """The rule of a level that these people vote on; `level` is its number and how many there are."""
    key, needed, most = _figures(rule, ballots)
    parts = [_filled(SENTENCES["one" if len(ballots) == 1 else key], needed, most, language)]
    if any(ballot.veto for ballot in ballots) and len(ballots) > 1:
        parts.append(SENTENCES["veto"].in_(language))
    if level[1] > 1:
        parts.insert(0, _filled(SENTENCES["level"], *level, language))
    return " ".join(parts)


def short(rule: FlatRule | Levels | None, levels: Sequence[Level], language: str) -> str:
    """The rule in a few words: "2 of 3"; empty where one person decides."""
    if isinstance(rule, Levels) and len(levels) > 1:
        return _filled(SHORT["levels"], 0, len(levels), language)
    level = levels[0]
    if any(voter.seats == "everyone" for voter in level.who):
        if isinstance(level.rule, All):
            return SHORT["everybody"].in_(language)
        several = SHORT["several"].in_(language)
        needed = str(getattr(level.rule, "needed", 1))
        return SHORT["n_of_m"].in_(language).replace("{n}", needed).replace("{m}", several)
    ballots = [
        Ballot(voter.weight, voter.veto) for voter in level.who or [Voter()] for _ in range(int(voter.seats))
    ]
    if len(ballots) == 1:
        return ""
    key, needed_here, most = _figures(level.rule, ballots)
    return _filled(SHORT[key], needed_here, most, language)


def _figures(rule: FlatRule, ballots: Sequence[Ballot]) -> tuple[str, int, int]:
    match rule:
        case All():
            return "all", len(ballots), len(ballots)
        case AnyOf():
            return "any", 1, len(ballots)
        case Weighted():
            return "weighted", rule.needed, weight_of(ballots)
        case _:
            return "n_of_m", rule.needed, len(ballots)


def _filled(text: Text, needed: int, most: int, language: str) -> str:
    return text.in_(language).replace("{n}", str(needed)).replace("{m}", str(most))
