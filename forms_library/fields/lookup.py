"""A value that a register knows, found by a number that the person types."""

import hashlib
from datetime import datetime
from random import Random
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Group, Kind
from engine.core.text import Text
from engine.lookups.client import LookupAway
from engine.lookups.registers import look_up
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import AnswerRefused, Complaint, refuse
from forms_library.controls import Face, Input, fieldset, part_input
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.localising import date_text
from forms_library.markup import Raw, escape, typed_slot
from forms_library.registers import RegisterAddress, ValuePath, host_of, value_at
from forms_library.words import word

KEY, VALUE, TYPED = "key", "value", "typed"
KEPT = (KEY, VALUE, "source", "at", TYPED)
LONGEST_KEY, LONGEST_VALUE = 60, 500
AWAY = "away"
COMPANY: dict[str, Any] = {
    "address": "https://register.example.org/companies/{key}",
    "value": "data.name",
    "value_label": "Company name",
}
OLIVE = {KEY: "1234", VALUE: "Olive Ltd", "source": "register.example.org", "at": "2026-11-22T10:00:00+00:00"}


class LookupOptions(FieldOptions):
    """Where to ask, and where in the answer the value stands."""

    address: RegisterAddress = Value(
        title="Address",
        description="{key} is where the number goes.",
        json_schema_extra=ui("text"),
    )
    value: ValuePath = Value(
        default="name",
        title="Where the value stands",
        description="The names on the way to it in the JSON, with dots: data.company.name",
        json_schema_extra=ui("text"),
    )
    value_label: Text = Value(title="What is found", json_schema_extra=ui("text"))
    source: Text = Value(default=Text(""), title="Name of the register", json_schema_extra=ui("text"))


@field_types.register
class Lookup(FieldType):
    """A number is typed, the register says what it stands for; when it is away, that is typed too."""

    key: ClassVar[str] = "lookup"
    label: ClassVar[Text] = Text(
        {"en": "Register lookup", "fr": "Recherche dans un registre", "ar": "بحث في سجل"}
    )
    icon: ClassVar[str] = "scan-search"
    Options = LookupOptions
    options: LookupOptions
    errors = {
        "not_found": Text({
            "en": "{source} has nothing under “{typed}”. Check it and try again",
            "fr": "{source} n’a rien sous « {typed} ». Vérifiez et réessayez",
            "ar": "لا يوجد في {source} شيء تحت «{typed}». تحقق وحاول مرة أخرى",
        }),
        "away": Text({
            "en": "{source} does not answer now. Enter {value} yourself",
            "fr": "{source} ne répond pas en ce moment. Saisissez vous-même : {value}",
            "ar": "لا يجيب {source} الآن. أدخل {value} بنفسك",
        }),
        "key_required": Text({
            "en": "Enter {phrase}", "fr": "Saisissez {phrase}", "ar": "أدخل {phrase}",
        }),
    }  # fmt: skip
    accepts = (
        (COMPANY, {KEY: " 1234 ", VALUE: "Olive  Ltd"}, {KEY: "1234", VALUE: "Olive Ltd", TYPED: True}),
        (COMPANY, {**OLIVE, TYPED: "false"}, {**OLIVE, TYPED: False}),
        (COMPANY, {KEY: "", VALUE: ""}, None),
    )
    rejects = (
        (COMPANY, {KEY: "1234", VALUE: ""}, "away"),
        (COMPANY, {KEY: "", VALUE: "Olive Ltd"}, "key_required"),
        (COMPANY, {KEY: "1" * 61, VALUE: ""}, "too_long"),
        (COMPANY, {**OLIVE, TYPED: "false", "at": "yesterday"}, "format"),
    )

    @property
    def kind(self) -> Kind:
        """A group: the number, the value, and where it is from."""
        return Group({KEY: "text", VALUE: "text", "source": "text", "at": "text", TYPED: "yes_no"})

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """The number, and the value where it was asked; where it is from can not be sent."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in (KEY, VALUE)}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, Any] | None:
        """What the register says, or what was typed while it is away; a stored answer is not asked again."""
        given = raw if isinstance(raw, dict) else {}
        key = latin_digits(one_line(str(given.get(KEY, "")), KEY))
        value = one_line(str(given.get(VALUE, "")), VALUE)
        if not key and not value:
            return None
        if not key:
            raise refuse("key_required", KEY)
        for part, text, most in ((KEY, key, LONGEST_KEY), (VALUE, value, LONGEST_VALUE)):
            if len(text) > most:
                raise refuse("too_long", part, max=most)
        if TYPED in given:
            return _kept(given, key, value)
        if not reading.asks:
            return {KEY: key, VALUE: value, TYPED: True} if value else None
        return self._asked(key, value)

    def parse_beside(self, raw: Raw, stored: Any, reading: Reading) -> dict[str, Any] | None:
        """What was found before stands for the same number: also when the register is away now."""
        before = stored if isinstance(stored, dict) and stored.get(TYPED) is False else None
        try:
            answer = self.parse(raw, reading)
        except AnswerRefused as refused:
            key = raw.get(KEY, "") if isinstance(raw, dict) else ""
            is_away = any(complaint.code == AWAY for complaint in refused.complaints)
            if before is not None and is_away and latin_digits(one_line(str(key), KEY)) == before.get(KEY):
                return before
            raise
        same = (
            before is not None
            and answer is not None
            and all(answer.get(part) == before.get(part) for part in (KEY, VALUE, "source", TYPED))
        )
        return before if same else answer

    def drawn_again(self, raw: Raw, answer: Any, language: str) -> Raw:
        """What was typed, and what was found for it."""
        return self.typed(answer, language) if self.found(answer) else raw

    def by_hand(self, raw: Raw) -> Raw:
        """The number and the value."""
        return {part: str(raw.get(part, "")) for part in (KEY, VALUE)} if isinstance(raw, dict) else raw

    def found(self, answer: Any) -> str | None:
        """A mark of the number with what the register said of it."""
        if not isinstance(answer, dict) or answer.get(TYPED) is not False:
            return None
        return hashlib.sha256(f"{answer[KEY]}\n{answer[VALUE]}".encode()).hexdigest()[:12]

    def _asked(self, key: str, value: str) -> dict[str, Any]:
        try:
            found = look_up(self.options.address, key).data
        except LookupAway:
            if value:
                return {KEY: key, VALUE: value, TYPED: True}
            values = {"source": self._source, "value": self.options.value_label}
            raise AnswerRefused(Complaint(AWAY, VALUE, values)) from None
        said = _at(found, self.options.value)
        if not said:
            raise AnswerRefused(Complaint("not_found", KEY, {"source": self._source, "typed": key}))
        return {
            KEY: key,
            VALUE: said,
            "source": self._host,
            "at": timezone.now().isoformat(timespec="seconds"),
            TYPED: False,
        }

    @property
    def _host(self) -> str:
        return host_of(self.options.address)

    @property
    def _source(self) -> Text:
        return self.options.source or Text(self._host)

    def typed(self, answer: Any, language: str) -> Raw:
        """All that is stored, as texts, and the value as it is shown."""
        if not isinstance(answer, dict):
            return {}
        texts = {part: str(answer[part]) for part in KEPT if part in answer and part != TYPED}
        return {**texts, TYPED: str(answer.get(TYPED) is True).lower(), "shown": texts.get(VALUE, "")}

    def variant(self, raw: Raw) -> str:
        """Whether the value is shown, because it was found, or typed."""
        if not isinstance(raw, dict) or not raw.get(VALUE):
            return ""
        return "found" if raw.get(TYPED) == "false" else TYPED

    def example(self, random: Random) -> Raw:
        """A number with its value, for a register that does not answer."""
        return {KEY: str(random.randint(10_000_000, 99_999_999)), VALUE: "Olive Ltd"}

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """A value without a number, and a number that is too long."""
        return (
            ({KEY: "", VALUE: "Olive Ltd"}, "key_required"),
            ({KEY: "1" * (LONGEST_KEY + 1), VALUE: ""}, "too_long"),
        )

    def anchor(self, part: str) -> str:
        """The input that is wrong, else that of the number."""
        return super().anchor(part or KEY)

    def markup(self, face: Face) -> str:
        """The input of the number; what was found, or an input for it while the register is away."""
        label = f'<span class="govuk-visually-hidden">{escape(face.label)}</span>'
        look = Input(width=20, autocomplete="off", spellcheck="false", left_to_right=True)
        inside = part_input(face, KEY, label, look)
        if face.variant == "found":
            found = f"<bdi><strong>{typed_slot('shown')}</strong></bdi>"
            said = f"{escape(self.options.value_label.in_(face.language))}: {found}"
            inside += f'<p class="govuk-body cw-found">{said}</p>'
        elif face.variant == TYPED or face.sentences(VALUE):
            hint = f'<p class="govuk-hint">{escape(word("type_it", face.language))}</p>'
            inside += hint + part_input(
                face, VALUE, escape(self.options.value_label.in_(face.language)), Input()
            )
        return fieldset(face, inside, parts_show_errors=True)

    def text(self, answer: Any, language: str) -> str:
        """The value, the number, and where it is from."""
        lines = [str(answer[VALUE]), str(answer[KEY])]
        if answer.get(TYPED):
            return "\n".join([*lines, word("typed_by_applicant", language)])
        day = date_text(datetime.fromisoformat(answer["at"]).date(), language)
        found = word("looked_up", language).replace("{source}", self._source.in_(language))
        return "\n".join([*lines, f"{found}, {day}"])

    def export(self, answer: Any) -> dict[str, Any]:
        """A column for each part."""
        return {f"{self.field.key}_{part}": (answer or {}).get(part) for part in KEPT}

    def search_text(self, answer: Any, language: str) -> str:
        """The value and the number."""
        return f"{answer[VALUE]}\n{answer[KEY]}"

    def json_schema(self) -> dict[str, Any]:
        """An object that says where the value is from."""
        return {
            "type": "object",
            "properties": {
                KEY: {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
                VALUE: {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE},
                "source": {"type": "string"},
                "at": {"type": "string", "format": "date-time"},
                TYPED: {"type": "boolean"},
            },
            "required": [KEY, VALUE, TYPED],
            "additionalProperties": False,
        }


def _kept(given: Any, key: str, value: str) -> dict[str, Any]:
    """A stored answer out of its texts."""
    if given[TYPED] == "true" and value:
        return {KEY: key, VALUE: value, TYPED: True}
    try:
        at = datetime.fromisoformat(str(given["at"])).isoformat(timespec="seconds")
        source = one_line(str(given["source"]))
    except (KeyError, ValueError):
        raise refuse("format") from None
    if not value or given[TYPED] != "false":
        raise refuse("format")
    return {KEY: key, VALUE: value, "source": source, "at": at, TYPED: False}


def _at(data: Any, path: str) -> str:
    """The text that stands there in the answer; empty when there is none."""
    said = value_at(data, path)
    known = isinstance(said, str | int) and not isinstance(said, bool)
    try:
        return one_line(str(said))[:LONGEST_VALUE] if known else ""
    except AnswerRefused:
        return ""
