"""First answers that nothing would ever fill in, and registers that are asked too early or by anybody."""

from engine.core.problems import Problems
from forms_library.bound import ANSWERS, CompiledField, CompiledForm
from forms_library.checking_order import places
from forms_library.definition import EARLIER, KNOWN_OF_PEOPLE, PROFILE, REGISTER, Prefill
from forms_library.rule_graph import scope_of


def check_prefill(compiled: CompiledForm, problems: Problems) -> None:
    """Note every first answer that cannot come from where it is said to come."""
    where = places(compiled)
    for asked in compiled.everything():
        if (prefill := asked.field.prefill) is not None:
            at = problems.at(*where[asked.path], "prefill")
            _can_be_filled(asked, at)
            _source(compiled, prefill, at)
            if prefill.ask is not None:
                _register(compiled, asked, prefill.ask.key, at.at("ask", "key"))


def _can_be_filled(asked: CompiledField, problems: Problems) -> None:
    question = asked.question
    if scope_of(asked):
        problems.mend("not_filled", "Only questions of a page are filled in, not those in rows or groups.")
    elif not question.has_answer or question.computed or question.upload_rules is not None:
        problems.mend("not_filled", "This cannot be filled in: it is no question, worked out, or a file.")


def _source(compiled: CompiledForm, prefill: Prefill, problems: Problems) -> None:
    if prefill.source.startswith(PROFILE) and prefill.place not in KNOWN_OF_PEOPLE:
        known = " and ".join(f"{PROFILE}{name}" for name in KNOWN_OF_PEOPLE)
        problems.at("from").mend("unknown_source", f"What is known of people is {known}.")
    elif prefill.source.startswith(EARLIER) and prefill.place not in compiled.fields:
        sentence = f'There is no question "{prefill.place}" in this form, so an earlier application has none.'
        problems.at("from").look("unknown_source", sentence)
    elif not prefill.source.startswith((PROFILE, EARLIER, REGISTER)):
        problems.at("from").mend("unknown_source", "Nothing fills in what comes from there.")


def _register(compiled: CompiledForm, asked: CompiledField, key: str, problems: Problems) -> None:
    """What a register is asked by must be known before the page is shown."""
    root, _, name = key.partition(".")
    if root != ANSWERS:
        if name not in KNOWN_OF_PEOPLE:
            problems.mend("unknown_source", f'There is no "{key}".')
        return
    source = compiled.fields.get(name.partition(".")[0])
    if source is None or not source.question.has_answer:
        problems.mend("unknown_field", f'There is no question "{name.partition(".")[0]}" in this form.')
        return
    pages = list(compiled.pages)
    if pages.index(source.page_key) >= pages.index(asked.page_key):
        sentence = f'"{source.field.label}" must be asked on an earlier page: the register is asked by it.'
        problems.mend("asked_too_late", sentence)
    if asked.field.data_class != "public":
        sentence = "Whoever types the number of somebody else is shown what the register knows of them."
        problems.look("anybody_asks", sentence)
