"""Every question of a form on paper, for lawyers and translators: what is asked, when, and what is said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.core.languages import direction
from engine.core.registry import UnknownType
from engine.core.text import Text
from forms_library.catalogue import field_types
from forms_library.definition import Field, Form, Page
from forms_library.rule_words import in_words
from forms_library.translations.texts import texts_of

TERMS: Mapping[str, Text] = {
    "kind": Text({"en": "Kind", "fr": "Type", "ar": "النوع"}),
    "key": Text({"en": "Name", "fr": "Nom", "ar": "الاسم"}),
    "data": Text({"en": "Data", "fr": "Données", "ar": "البيانات"}),
    "public": Text({"en": "public", "fr": "publiques", "ar": "عامة"}),
    "personal": Text({"en": "personal", "fr": "personnelles", "ar": "شخصية"}),
    "sensitive": Text({"en": "sensitive", "fr": "sensibles", "ar": "حساسة"}),
    "must": Text({"en": "must be answered", "fr": "réponse obligatoire", "ar": "الإجابة إلزامية"}),
    "may": Text({"en": "may be left empty", "fr": "réponse facultative", "ar": "يمكن تركه فارغًا"}),
    "must_when": Text({"en": "Must be answered when", "fr": "Obligatoire lorsque", "ar": "إلزامي عندما"}),
    "asked_when": Text({"en": "Asked when", "fr": "Posée lorsque", "ar": "يُسأل عندما"}),
    "page_when": Text({"en": "Page shown when", "fr": "Page affichée lorsque", "ar": "تظهر الصفحة عندما"}),
    "goes_to": Text({"en": "Goes on to", "fr": "Mène à", "ar": "ينتقل إلى"}),
    "when": Text({"en": "when", "fr": "lorsque", "ar": "عندما"}),
    "ends": Text({"en": "The walk ends on this page", "fr": "Le parcours s’arrête sur cette page",
                  "ar": "ينتهي المسار في هذه الصفحة"}),
    "check": Text({"en": "check your answers", "fr": "vérification des réponses", "ar": "مراجعة الإجابات"}),
    "holds": Text({"en": "Must hold", "fr": "Doit être vrai", "ar": "يجب أن يتحقق"}),
    "known": Text({"en": "Filled in from", "fr": "Prérempli à partir de", "ar": "يُملأ من"}),
    "option": Text({"en": "Setting", "fr": "Réglage", "ar": "الإعداد"}),
    "choices": Text({"en": "Choice", "fr": "Choix", "ar": "خيار"}),
    "hint": Text({"en": "Hint", "fr": "Indication", "ar": "تلميح"}),
    "phrase": Text({"en": "In a sentence", "fr": "Dans une phrase", "ar": "داخل جملة"}),
    "errors": Text({"en": "Error", "fr": "Erreur", "ar": "خطأ"}),
    "intro": Text({"en": "Introduction", "fr": "Introduction", "ar": "مقدمة"}),
    "title": Text({"en": "Title", "fr": "Titre", "ar": "العنوان"}),
    "label": Text({"en": "Question", "fr": "Question", "ar": "السؤال"}),
    "part": Text({"en": "Part", "fr": "Partie", "ar": "جزء"}),
    "missing": Text({"en": "no text yet", "fr": "pas encore de texte", "ar": "لا نص بعد"}),
}  # fmt: skip
HIDDEN_PARTS = ("fields", "columns")  # questions inside a question come as questions of their own


@dataclass(frozen=True)
class Said:
    """One text in each language, under what it is."""

    what: str
    texts: tuple[str, ...]
    languages: tuple[str, ...] = ()

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """Each text with its language and direction."""
        pairs = zip(self.languages, self.texts, strict=True)
        return [(language, text, direction(language)) for language, text in pairs]


@dataclass(frozen=True)
class Condition:
    """A rule: what it decides, in words, and as it is written."""

    what: str
    words: str
    rule: str = ""


@dataclass(frozen=True)
class Question:
    """One question on paper."""

    number: str
    key: str
    facts: str
    said: list[Said]
    conditions: list[Condition] = field(default_factory=list)


@dataclass(frozen=True)
class ListedPage:
    """One page of the form on paper."""

    number: str
    title: tuple[str, ...]
    said: list[Said]
    conditions: list[Condition]
    questions: list[Question]


def question_list(form: Form, languages: Sequence[str], reading: str) -> list[ListedPage]:
    """All pages with all questions; texts in these languages, everything else in the language of reading."""
    return [_Lister(form, languages, reading).page(number, page) for number, page in enumerate(form.pages, 1)]


def term(key: str, language: str) -> str:
    """A word of the list itself."""
    return TERMS[key].in_(language) if key in TERMS else key


class _Lister:
    def __init__(self, form: Form, languages: Sequence[str], reading: str) -> None:
        self.form, self.languages, self.reading = form, languages, reading
        self.fields = {each.key: each for page in form.pages for each in _all_fields(page.fields)}
        self.pages = {page.key: page for page in form.pages}

    def page(self, number: int, page: Page) -> ListedPage:
        said = [self._said("intro", page.intro)] if page.intro else []
        return ListedPage(
            str(number),
            self._texts(page.title),
            said,
            list(self._page_conditions(page)),
            list(self._questions(page.fields, f"{number}.")),
        )

    def _page_conditions(self, page: Page) -> Iterator[Condition]:
        if page.show_when:
            yield self._condition("page_when", page.show_when)
        for link in page.next or ():
            target = self.pages.get(link.to)
            to = target.title.in_(self.reading) if target else self.term("check")
            words = in_words(link.when, self.fields, self.reading) if link.when else ""
            yield Condition(
                f"{self.term('goes_to')} “{to}”" + (f" {self.term('when')}" if link.when else ""),
                words,
                link.when or "",
            )
        for check in page.checks:
            found = self._condition("holds", check.rule)
            yield Condition(found.what, " · ".join(filter(None, [found.words, *self._texts(check.sentence)])),
                            found.rule)  # fmt: skip
        if page.exit:
            yield Condition(self.term("ends"), "")

    def _questions(self, fields: Sequence[Field], before: str) -> Iterator[Question]:
        for number, each in enumerate(fields, 1):
            yield Question(
                f"{before}{number}",
                each.key,
                self._facts(each),
                list(self._texts_of(each)),
                list(self._conditions(each)),
            )
            yield from self._questions(_inner(each), f"{before}{number}.")

    def _facts(self, each: Field) -> str:
        try:
            kind = field_types[each.type]
        except UnknownType:
            return each.type
        parts = [kind.label.in_(self.reading)]
        if kind.has_answer:
            if not each.required_when:
                parts.append(self.term("must" if each.required else "may"))
            parts.append(f"{self.term('data')}: {self.term(each.data_class)}")
        if each.prefill:
            parts.append(f"{self.term('known')}: {each.prefill.source}")
        return " · ".join(parts)

    def _texts_of(self, each: Field) -> Iterator[Said]:
        for path, text in texts_of(each):
            head, *rest = path.split("/")
            if head == "options":
                if rest[0] in HIDDEN_PARTS:
                    continue
                head, rest = ("choices", rest[1:]) if rest[0] == "choices" else ("option", rest)
            name = " ".join([self.term(head), *(part for part in rest if part != "label")])
            yield self._said(name, text)

    def _conditions(self, each: Field) -> Iterator[Condition]:
        if each.show_when:
            yield self._condition("asked_when", each.show_when)
        if each.required_when:
            yield self._condition("must_when", each.required_when)
        for choice in each.options.get("choices") or ():
            if isinstance(choice, Mapping) and choice.get("show_when"):
                found = self._condition("asked_when", str(choice["show_when"]))
                yield Condition(
                    f"{self.term('choices')} {choice.get('key', '')}: {found.what}", found.words, found.rule
                )
        if isinstance(each.options.get("rule"), str):
            yield self._condition("holds" if each.type != "calculated" else "=", each.options["rule"])

    def _condition(self, what: str, rule: str) -> Condition:
        return Condition(self.term(what), in_words(rule, self.fields, self.reading), rule)

    def _said(self, what: str, text: Text) -> Said:
        return Said(self.term(what), self._texts(text), tuple(self.languages))

    def _texts(self, text: Text) -> tuple[str, ...]:
        return tuple(text.root.get(language) or text.root.get("und", "") for language in self.languages)

    def term(self, key: str) -> str:
        return term(key, self.reading)


def _inner(each: Field) -> list[Field]:
    """The questions inside a question."""
    try:
        return list(field_types[each.type](each).children())
    except (UnknownType, ValueError):
        return []


def _all_fields(fields: Sequence[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _all_fields(_inner(each))
