"""What a package says beside its steps: summary, certificates, messages, languages, unused parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.languages import own_name
from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.voice import base_of, framed_in
from engine.departments.spoken import ours
from forms_library.compiled import CompiledForm
from workflows.definition import ServicePackage
from workflows.letters import PLACEHOLDERS, unknown_placeholders
from workflows.node_type import node_types
from workflows.parts import FlagDefinition, MessageDefinition
from workflows.validator.certificates import check_certificate, missing


def check_content(package: ServicePackage, forms: Mapping[str, CompiledForm], problems: Problems) -> None:
    """Note what is wrong beside the steps."""
    form = forms.get(package.start_form_key)
    _check_summary(package, form, problems.at("summary_fields"))
    _check_duplicates(package, form, problems.at("duplicate_fields"))
    for key, certificate in package.certificates.items():
        check_certificate(certificate, form, problems.at("certificates", key))
    for key, message in package.messages.items():
        _check_message(message, problems.at("messages", key))
    _check_flags(package.flags, problems.at("flags"))
    _check_titles(package, problems)
    _check_languages(package, problems)
    _check_unused(package, problems)


def _check_summary(package: ServicePackage, form: CompiledForm | None, problems: Problems) -> None:
    for number, key in enumerate(package.summary_fields):
        asked = form.fields.get(key) if form else None
        if asked is None or not asked.question.has_answer:
            problems.at(number).mend("unknown_field", f'The application has no question "{key}".')
        elif asked.field.data_class == "sensitive":
            sentence = f'"{key}" is sensitive, so it cannot be shown in the queue.'
            problems.at(number).mend("sensitive", sentence)


def _check_duplicates(package: ServicePackage, form: CompiledForm | None, problems: Problems) -> None:
    for number, key in enumerate(package.duplicate_fields):
        asked = form.fields.get(key) if form else None
        if asked is None or not asked.question.has_answer:
            problems.at(number).mend("unknown_field", f'The application has no question "{key}".')


def _check_message(message: MessageDefinition, problems: Problems) -> None:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for part in ("subject", "body"):
        text: Text = getattr(message, part)
        if not text:
            problems.at(part).mend("no_text", "The message needs this text.")
        for name in sorted({name for words in text.root.values() for name in unknown_placeholders(words)}):
            sentence = f'Nothing is known to put in place of "{{{name}}}". Known are {known}.'
            problems.at(part).mend("unknown_placeholder", sentence)


def _check_flags(flags: Sequence[FlagDefinition], problems: Problems) -> None:
    known: set[str] = set()
    for number, flag in enumerate(flags):
        if flag.key in known:
            problems.at(number, "key").mend("doubled", f'There is another flag with the key "{flag.key}".')
        known.add(flag.key)
        if not flag.label:
            problems.at(number, "label").mend("no_text", "The flag needs this text.")


def _check_languages(package: ServicePackage, problems: Problems) -> None:
    """Note the languages in which this site has no sentences of its own."""
    for number, language in enumerate(package.languages):
        if base_of(language) not in ours():
            name, frame = own_name(language), own_name(framed_in(ours(), package.languages))
            sentence = (
                f"Citizens can read this service in {name}. What this site says itself, such as buttons and "
                f"errors, is shown to them in {frame}."
            )
            problems.at("languages", number).look("other_frame", sentence)


def _check_titles(package: ServicePackage, problems: Problems) -> None:
    if not package.title:
        problems.at("title").mend("no_text", "The service needs a title.")
    for place, text in _titles(package):
        for language in missing(text, package.languages):
            problems.at(*place).look("no_text", f'There is no text in the language "{language}".')


def _titles(package: ServicePackage) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    yield ("title",), package.title
    yield ("summary",), package.summary
    for number, options in enumerate(package.workflow.nodes):
        if options.title:
            yield ("workflow", "nodes", number, "title"), options.title
        if options.status_text:
            yield ("workflow", "nodes", number, "status_text"), options.status_text
    for number, flag in enumerate(package.flags):
        yield ("flags", number, "label"), flag.label
    for key, message in package.messages.items():
        yield ("messages", key, "subject"), message.subject
        yield ("messages", key, "body"), message.body


UNUSED = {
    "forms": "No step uses this form. Choose it at a step that somebody does, or delete it.",
    "certificates": 'No step issues this certificate yet. Add a step "Issue certificate" to the workflow.',
    "messages": 'No step sends this message yet. Add a step "E-mail" to the workflow, and choose it there.',
}


def _check_unused(package: ServicePackage, problems: Problems) -> None:
    forms = {node_types[options.type].form(options) for options in package.workflow.nodes}
    forms.add(package.start_form_key)
    used: dict[str, set[str | None]] = {
        "forms": forms,
        "certificates": {getattr(options, "certificate", None) for options in package.workflow.nodes},
        "messages": {
            key for options in package.workflow.nodes for key in node_types[options.type].messages(options)
        },
    }
    for part, keys in used.items():
        for key in getattr(package, part):
            if key not in keys:
                problems.at(part, key).look("unused", UNUSED[part])
