"""Answers of one version of a form carried over to another one, with nothing dropped silently.

| what changed | what happens to the draft |
|---|---|
| a label, hint, text, error sentence, title, section | safe: nothing |
| the order of pages or questions, a question on another page | safe: the answer goes with its question |
| a new question that may be left out, a new page of such | safe: it is asked |
| a question that is removed and was not answered | safe: nothing |
| a choice that is removed and was not chosen, a new choice | safe: nothing |
| a wider limit, a rule of display under which the answer stays shown | safe: nothing |
| another kind of question that takes the same answer and reads the same | safe: the answer is kept |
| a narrower limit that the answer passes | safe: nothing |
| a new question that must be answered, a question that must be answered now | asked for |
| a choice that is removed and was chosen, a narrower limit that the answer fails | shown, asked again |
| another kind of question that does not take the answer | shown, asked again |
| a question that is removed and was answered | shown until the person confirms, then dropped |
| the same inside rows or a group | the rows are kept; what was answered to it is shown, then dropped |
| a question that is hidden now with these answers | shown; kept, and left out while it is hidden |
| what was typed and not accepted yet, for a question that is still there | kept as it was typed |
| what was typed and not accepted yet, for a question that is gone or of another kind | shown |
| an answer that the server works out | worked out anew |
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any, Literal

from forms_library.answers import Whole, check_whole
from forms_library.compiled import CompiledField, CompiledForm
from forms_library.complaints import AnswerRefused
from forms_library.field_type import FieldType, Reading
from forms_library.judging import complaints_about
from forms_library.markup import Raw
from forms_library.rebasing_rows import trimmed
from forms_library.visibility import Moment, shown

Why = Literal["removed", "kind", "refused", "hidden"]
RawPages = Mapping[str, Mapping[str, Raw]]


@dataclass(frozen=True)
class LeftOver:
    """An answer that the new form does not take as it is; `page` is where it asks for it, if at all."""

    key: str
    label: str
    text: str
    masked: str
    why: Why
    page: str = ""


@dataclass(frozen=True)
class Rebased:
    """What a draft holds under the new form, and what its person must be told."""

    answers: dict[str, Any] = attribute(default_factory=dict)
    raw: dict[str, dict[str, Raw]] = attribute(default_factory=dict)
    done: frozenset[str] = frozenset()
    left: tuple[LeftOver, ...] = ()
    asked: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()  # the keys of what is asked

    @property
    def is_safe(self) -> bool:
        """Whether nothing needs to be asked or confirmed."""
        return not self.left and not self.asked


def rebase(
    old: CompiledForm,
    new: CompiledForm,
    answers: Mapping[str, Any],
    raw: RawPages,
    done: Collection[str],
    *,
    moment: Moment,
    language: str,
) -> Rebased:
    """Carry answers, typed words and finished pages over; every answer is in the new answers or left over."""
    carrying = _Carrying(old, new, Reading(moment.today, language, moment.calendar))
    for asked in _asked(old):
        carrying.answer(asked, answers.get(asked.key))
    for page in raw.values():
        for key, typed in page.items():
            carrying.typed(key, typed)
    carrying.hidden(answers, moment)
    whole = check_whole(
        new,
        carrying.answers,
        moment.today,
        language=language,
        calendar=moment.calendar,
        context=moment.context,
    )
    left = {left.key for left in carrying.left}
    missing = _missing(whole, old, done) - left
    added = [asked for asked in _asked(new) if asked.key not in old.fields and asked.key not in whole.hidden]
    return Rebased(
        answers=carrying.answers,
        raw=carrying.raw,
        done=frozenset(_done(old, new, done)) - set(whole.errors) - set(carrying.raw) - carrying.reopened(),
        left=tuple(carrying.left),
        asked=_labels((asked for asked in _asked(new) if asked.key in missing), language),
        offered=_labels((asked for asked in added if asked.key not in missing), language),
        gone=_labels((asked for asked in _asked(old) if asked.key not in new.fields), language),
        missing=frozenset(missing),
    )


def _missing(whole: Whole, old: CompiledForm, done: Collection[str]) -> set[str]:
    """The questions that must be answered now, and are new or stood on a page that was finished."""
    keys = {
        error.field_key for errors in whole.errors.values() for error in errors if error.code == "required"
    }
    return {key for key in keys if key not in old.fields or old.fields[key].page_key in done}


def _asked(form: CompiledForm) -> Iterator[CompiledField]:
    """What people answer themselves."""
    return (asked for asked in form.questions() if not asked.question.computed)


def _labels(found: Iterable[CompiledField], language: str) -> tuple[str, ...]:
    return tuple(asked.field.label.in_(language) or asked.key for asked in found)


def _done(old: CompiledForm, new: CompiledForm, done: Collection[str]) -> Iterator[str]:
    """The pages all whose known questions stood on pages that were finished."""
    for key, page in new.pages.items():
        known = [asked.key for asked in page.fields if asked.question.has_answer and asked.key in old.fields]
        before = {old.fields[known_key].page_key for known_key in known} or (
            {key} if key in old.pages else set()
        )
        if before and before <= set(done):
            yield key


class _Carrying:
    """Collects what fits the new form and what is left over."""

    def __init__(self, old: CompiledForm, new: CompiledForm, reading: Reading) -> None:
        self.old, self.new, self.reading = old, new, reading
        self.answers: dict[str, Any] = {}
        self.raw: dict[str, dict[str, Raw]] = {}
        self.left: list[LeftOver] = []

    def answer(self, asked: CompiledField, answer: Any) -> None:
        """Carry one answer over, or leave it; what can be mended is put back into its input."""
        if answer is None:
            return
        target = self._target(asked.key)
        if target is None:
            self._leave(asked, answer, "removed")
        elif self._fits(asked.question, target.question, answer):
            self.answers[asked.key] = answer
        elif not self._carries_rows(asked, target, answer):
            same = asked.field.type == target.field.type
            self._leave(asked, answer, "refused" if same else "kind", target.page_key)
            if same and not target.question.upload_rules:
                self._type(target, asked.question.typed(answer, self.reading.language))

    def _carries_rows(self, asked: CompiledField, target: CompiledField, answer: Any) -> bool:
        """Carry rows or a group without what is no longer asked in them, which is left over by itself."""
        found = trimmed(asked, target, answer)
        if found is None or not self._fits(asked.question, target.question, found.answer):
            return False
        self.answers[asked.key] = found.answer
        self.left += [self._of_rows(asked, dropped) for dropped in found.by_question().values()]
        return True

    def _of_rows(self, asked: CompiledField, dropped: list[tuple[CompiledField, Any]]) -> LeftOver:
        language, inside = self.reading.language, dropped[0][0]
        texts = [inside.question.text(answer, language) for _, answer in dropped]
        masked = [inside.question.mask(answer, language) for _, answer in dropped]
        left = self._left(inside, "\n".join(texts), "\n".join(masked), "removed", "")
        label = asked.field.label.in_(language) or asked.key
        return replace(left, key=asked.key, label=f"{label}: {left.label}")

    def typed(self, key: str, typed: Raw) -> None:
        """Carry over what was typed and not accepted."""
        asked, target = self.old.fields.get(key), self._target(key)
        if asked is None or not (words := words_of(typed)):
            return
        if target is not None and target.field.type == asked.field.type:
            self._type(target, typed)
        elif not any(left.key == key and left.text == words for left in self.left):
            why: Why = "kind" if target else "removed"
            self.left.append(self._left(asked, words, words, why, target.page_key if target else ""))

    def hidden(self, answers: Mapping[str, Any], moment: Moment) -> None:
        """Name the answers that were shown before and are hidden now; they are kept."""
        before = shown(self.old, answers, moment).fields
        now = shown(self.new, self.answers, moment).fields
        for key in list(self.answers):
            if key in before and key not in now:
                self._leave(self.old.fields[key], self.answers[key], "hidden")

    def reopened(self) -> set[str]:
        """The pages on which something is asked again."""
        return {left.page for left in self.left if left.page}

    def _target(self, key: str) -> CompiledField | None:
        found = self.new.fields.get(key)
        return found if found and found.question.has_answer and not found.question.computed else None

    def _fits(self, old: FieldType, new: FieldType, answer: Any) -> bool:
        """Whether the new question takes exactly this answer; one of another kind must read the same."""
        if old.kind != new.kind and type(old) is not type(new):
            return False
        if complaints_about(new, answer, self.reading) or not _takes_files(new, answer):
            return False
        language = self.reading.language
        try:
            read = new.parse(new.typed(answer, language), self.reading)
        except AnswerRefused:
            return False
        same = type(old) is type(new) or old.text(answer, language) == new.text(answer, language)
        return bool(read == answer and same)

    def _type(self, target: CompiledField, typed: Raw) -> None:
        self.raw.setdefault(target.page_key, {})[target.key] = typed

    def _leave(self, asked: CompiledField, answer: Any, why: Why, page: str = "") -> None:
        language = self.reading.language
        text = asked.question.text(answer, language)
        self.left.append(self._left(asked, text, asked.question.mask(answer, language), why, page))

    def _left(self, asked: CompiledField, text: str, masked: str, why: Why, page: str) -> LeftOver:
        is_open = asked.field.data_class != "sensitive" and asked.question.masking == "none"
        label = asked.field.label.in_(self.reading.language) or asked.key
        return LeftOver(asked.key, label, text, text if is_open else masked, why, page)


def _takes_files(question: FieldType, answer: Any) -> bool:
    """Whether the stored files are of a kind and size that the question takes."""
    rules = question.upload_rules
    if rules is None:
        return True
    return all(
        file.get("type") in rules.allowed and int(file.get("size", 0)) <= rules.limit_bytes
        for file in files_in(answer)
    )


def files_in(answer: Any) -> Iterator[Mapping[str, Any]]:
    """The stored files that an answer holds, at any depth."""
    if isinstance(answer, Mapping):
        if "document" in answer and "size" in answer:
            yield answer
        else:
            for part in answer.values():
                yield from files_in(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from files_in(part)


def words_of(typed: Any) -> str:
    """What was typed in any shape, in one line."""
    if isinstance(typed, Mapping):
        typed = list(typed.values())
    if isinstance(typed, list):
        return ", ".join(filter(None, (words_of(part) for part in typed)))
    return str(typed).strip() if typed else ""
