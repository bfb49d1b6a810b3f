"""Localised text: {"en": "Town", "fr": "Ville"}, or a plain string where the language does not matter."""

import re
from typing import Any

from pydantic import ConfigDict, GetJsonSchemaHandler, RootModel, field_validator, model_serializer
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from engine.core.hints import ui
from engine.core.voice import shown, voice

UNDETERMINED = "und"
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Text(RootModel[dict[str, str]]):
    """One text in several languages; a plain string is kept under "und" and written back as a string."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root", mode="before")
    @classmethod
    def _plain_string(cls, value: Any) -> Any:
        return {UNDETERMINED: value} if isinstance(value, str) else value

    @field_validator("root")
    @classmethod
    def _readable(cls, value: dict[str, str]) -> dict[str, str]:
        for tag, text in value.items():
            if HALF_A_CHARACTER.search(text):
                raise ValueError("This text holds characters that cannot be stored.")
            if not LANGUAGE_TAG.fullmatch(tag):
                raise ValueError(f'"{tag}" is not a language code such as "en" or "fr-CA".')
        return value

    @model_serializer
    def _written(self) -> str | dict[str, str]:
        return self.root[UNDETERMINED] if set(self.root) == {UNDETERMINED} else dict(self.root)

    def in_(self, language: str) -> str:
        """The text in this language, or in the nearest that there is."""
        if found := self.root.get(language):
            return found
        tag = self.shown_in(language)
        return shown(self.root.get(tag, ""), tag, language)

    def shown_in(self, language: str) -> str:
        """The language in which a reader of this one is shown the text; empty where there is none at all."""
        wanted = (language, language.split("-")[0], UNDETERMINED, voice().frame, "en", *self.root)
        return next((tag for tag in wanted if self.root.get(tag)), "")

    def languages(self) -> set[str]:
        """The languages that have a text; a plain string says nothing about its language."""
        return {tag for tag, text in self.root.items() if text and tag != UNDETERMINED}

    def __bool__(self) -> bool:
        return any(text.strip() for text in self.root.values())

    def __hash__(self) -> int:
        return hash(frozenset(self.root.items()))

    def __str__(self) -> str:
        return self.in_("en")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        texts = {"type": "object", "additionalProperties": {"type": "string"}}
        return {
            "title": "Text",
            "description": cls.__doc__,
            "anyOf": [{"type": "string"}, texts],
            **ui("text"),
        }
