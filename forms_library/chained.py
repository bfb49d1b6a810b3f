"""Choices that narrow each other: a country, its regions, their districts, in one question."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Annotated, Any, Self

from django.utils.datastructures import MultiValueDict
from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic import Field as Value

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library.choice_controls import Choice, grouped_drop_down
from forms_library.choices import ChoiceKey
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face, fieldset, part_frame
from forms_library.definition import Key
from forms_library.field_type import FieldOptions, FieldType, Reading, ui
from forms_library.markup import Raw, escape

MOST_BRANCHES = 5_000
# No key has it, so that the way to a choice is one text.
STEP = "/"


class Level(BaseModel):
    """One step of the way: its name in rules and the words above its list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    label: Text


class Branch(BaseModel):
    """One choice with the choices that it leads to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: ChoiceKey
    label: Text
    choices: list["Branch"] = Value(default_factory=list, max_length=MOST_BRANCHES)


def _counted(branches: list[Branch]) -> list[Branch]:
    ahead, count = [branches], 0
    while ahead:
        level = ahead.pop()
        count += len(level)
        if len({branch.key for branch in level}) < len(level):
            raise ValueError("A choice stands here twice.")
        if count > MOST_BRANCHES:
            raise ValueError(f"There may be {MOST_BRANCHES} choices in all.")
        ahead += [branch.choices for branch in level]
    return branches


Branches = Annotated[list[Branch], Value(min_length=1, max_length=MOST_BRANCHES), AfterValidator(_counted)]


class ChainedOptions(FieldOptions):
    """The levels and the tree of choices."""

    levels: list[Level] = Value(min_length=2, max_length=4, title="Levels", json_schema_extra=ui("levels"))
    choices: Branches = Value(title="Choices", json_schema_extra=ui("tree"))

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if len({level.key for level in self.levels}) < len(self.levels):
            raise ValueError("A level stands here twice.")
        if any(len(way) > len(self.levels) for way, _ in ways(self.choices)):
            raise ValueError("A choice lies deeper than there are levels.")
        return self


def ways(
    branches: Sequence[Branch], before: tuple[Branch, ...] = ()
) -> Iterator[tuple[tuple[Branch, ...], bool]]:
    """Every way from the top to a choice, and whether the choice is the last."""
    for branch in branches:
        way = (*before, branch)
        yield way, not branch.choices
        yield from ways(branch.choices, way)


CHAINED_ERRORS = {
    "part_required": Text({
        "en": "Select an answer for {part}",
        "fr": "Sélectionnez une réponse pour {part}",
        "ar": "اختر إجابة عن {part}",
    }),
    "not_a_choice": Text({
        "en": "Select an answer for {part}",
        "fr": "Sélectionnez une réponse pour {part}",
        "ar": "اختر إجابة عن {part}",
    }),
    "wrong_pair": Text({
        "en": "Select an answer for {part} that belongs to {parent}",
        "fr": "Sélectionnez pour {part} une réponse qui relève de {parent}",
        "ar": "اختر إجابة عن {part} تتبع {parent}",
    }),
}  # fmt: skip


class ChainedChoice(FieldType):
    """One list for each level. A script shows only what fits; without it, all stand there, in groups."""

    Options = ChainedOptions
    options: ChainedOptions
    errors = CHAINED_ERRORS

    @property
    def levels(self) -> Sequence[Level]:
        """The steps of the way."""
        return self.options.levels

    @property
    def kind(self) -> Kind:
        """A group of the keys that were chosen."""
        return Group({level.key: "text" for level in self.levels})

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """The choice of each level."""
        return {level.key: data.get(f"{self.field.key}-{level.key}") or "" for level in self.levels}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, str] | None:
        """The keys from the top down to a choice that leads no further."""
        given = raw if isinstance(raw, dict) else {}
        answer: dict[str, str] = {}
        branches: Sequence[Branch] = self.options.choices
        if not any(given.get(level.key) for level in self.levels):
            return None
        parent = Text("")
        for level in self.levels:
            chosen = str(given.get(level.key) or "")
            if not branches and not chosen:
                break
            branch = self._branch(chosen, level, branches, answer, parent)
            answer[level.key] = branch.key
            branches, parent = branch.choices, branch.label
        return answer

    def _branch(
        self, chosen: str, level: Level, branches: Sequence[Branch], answer: Mapping[str, str], parent: Text
    ) -> Branch:
        """The branch that was chosen; it must hang on what was chosen before."""
        if not chosen:
            raise self._refused("part_required", level)
        *above, key = chosen.split(STEP)
        found = next((branch for branch in branches if branch.key == key), None)
        if found is not None and above == list(answer.values()):
            return found
        known = any(
            STEP.join(branch.key for branch in way) == chosen for way, _ in ways(self.options.choices)
        )
        if known and answer:
            raise self._refused("wrong_pair", level, parent)
        raise self._refused("not_a_choice", level)

    def _refused(self, code: str, level: Level, parent: Text | None = None) -> AnswerRefused:
        return AnswerRefused(Complaint(code, level.key, {"part": level.label, "parent": parent}))

    def typed(self, answer: Any, language: str) -> Raw:
        """The way to each choice, as the lists name it."""
        keys = [level.key for level in self.levels if isinstance(answer, dict) and level.key in answer]
        return {key: STEP.join(str(answer[above]) for above in keys[: n + 1]) for n, key in enumerate(keys)}

    def example(self, random: Random) -> Raw:
        """One of the ways to the end."""
        way = random.choice([way for way, last in ways(self.options.choices) if last])
        return self.typed(
            {level.key: branch.key for level, branch in zip(self.levels, way, strict=False)}, "en"
        )

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What no choice is, a way that stops before its end, and the branch of another tree."""
        first, second = self.levels[0].key, self.levels[1].key
        refused: list[tuple[Raw, str]] = [({first: "<none of them>"}, "not_a_choice")]
        rooted = [branch for branch in self.options.choices if branch.choices]
        if rooted:
            refused.append(({first: rooted[0].key}, "part_required"))
        if rooted and len(self.options.choices) > 1:
            other = next(branch for branch in self.options.choices if branch is not rooted[0])
            crossed = f"{rooted[0].key}{STEP}{rooted[0].choices[0].key}"
            refused.append(({first: other.key, second: crossed}, "wrong_pair"))
        return tuple(refused)

    def anchor(self, part: str) -> str:
        """The list that is wrong, else the first."""
        return super().anchor(part or self.levels[0].key)

    def markup(self, face: Face) -> str:
        """A list for each level, the lower ones in groups named after the choice above."""
        lists = "".join(self._level(face, depth, level) for depth, level in enumerate(self.levels))
        return fieldset(face, f"<div data-linked>{lists}</div>", parts_show_errors=True)

    def _level(self, face: Face, depth: int, level: Level) -> str:
        drop_down = grouped_drop_down(face, self._groups(depth, face.language), part=level.key)
        return part_frame(face, level.key, escape(level.label.in_(face.language)), drop_down)

    def _groups(self, depth: int, language: str) -> list[tuple[str, str, list[Choice]]]:
        """The choices of a level by the way above them: its value, its words, the choices."""
        groups: dict[str, tuple[str, str, list[Choice]]] = {}
        for way, _ in ways(self.options.choices):
            if len(way) == depth + 1:
                *above, branch = way
                value = STEP.join(step.key for step in above)
                words = ", ".join(step.label.in_(language) for step in above)
                group = groups.setdefault(value, (value, words, []))
                group[2].append(Choice(STEP.join(step.key for step in way), branch.label.in_(language)))
        return list(groups.values())

    def text(self, answer: Any, language: str) -> str:
        """The labels from the top down, one per line; a key itself where the list no longer has it."""
        lines: list[str] = []
        branches: Sequence[Branch] = self.options.choices
        # By the levels: a stored object does not keep the order of its keys.
        for key in (answer[level.key] for level in self.levels if level.key in answer):
            branch = next((branch for branch in branches if branch.key == key), None)
            lines.append(branch.label.in_(language) if branch else str(key))
            branches = branch.choices if branch else ()
        return "\n".join(lines)

    def called(self, text: str, language: str) -> str:
        """The label of a choice of any level."""
        found = next((way[-1] for way, _ in ways(self.options.choices) if way[-1].key == text), None)
        return found.label.in_(language) if found is not None else text

    def export(self, answer: Any) -> dict[str, Any]:
        """A column for each level."""
        return {f"{self.field.key}_{level.key}": (answer or {}).get(level.key) for level in self.levels}

    def json_schema(self) -> dict[str, Any]:
        """An object with a key for each level that was reached."""
        depths: list[set[str]] = [set() for _ in self.levels]
        for way, _ in ways(self.options.choices):
            depths[len(way) - 1].add(way[-1].key)
        return {
            "type": "object",
            "properties": {
                level.key: {"type": "string", "enum": sorted(keys)}
                for level, keys in zip(self.levels, depths, strict=True)
                if keys
            },
            "required": [self.levels[0].key],
            "additionalProperties": False,
        }
