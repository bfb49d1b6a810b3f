"""What of a form is shown for given answers, and the answers that remain when the hidden ones are dropped."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.rules import Facts, Outcome, Rule
from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.evaluating import Evaluation, State
from forms_library.faults import run_noted
from forms_library.moment import Answers, Moment
from forms_library.rule_graph import fields_read, following, graph_of, scope_of

__all__ = ["Answers", "Moment", "Shown", "is_required", "outcome", "shown"]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shown:
    """The pages on the way and the fields that are shown, and the answers of exactly these fields.

    Asked for one page, it says nothing about fields of others but what is worked out from it.
    """

    pages: tuple[str, ...]
    fields: frozenset[str]
    answers: dict[str, Any]
    exit_page: str | None = None
    evaluation: Evaluation | None = field(default=None, compare=False, repr=False)

    def is_hidden(self, name: str) -> bool:
        """Whether the input of this name, in a row or group, is hidden: children-0-age."""
        return name in self._state().hidden.get(name.partition("-")[0], NOTHING)

    def without(self, name: str) -> frozenset[str]:
        """The choices that are not offered at a question."""
        return self._state().without.get(name.partition("-")[0], {}).get(name, NOTHING)

    @property
    def faults(self) -> Mapping[str, str]:
        """The rules that failed, by the place where they stand."""
        return self._state().faults

    def page_of(self, place: str) -> str:
        """The page on which a rule stands, by its place; that of a way is the page it leads from."""
        compiled = self.evaluation.compiled if self.evaluation is not None else None
        key = place.partition(".")[0].removesuffix("[]")
        if compiled is None or key in compiled.pages:
            return key
        return compiled.fields[key].page_key if key in compiled.fields else ""

    def _state(self) -> State:
        return self.evaluation.state if self.evaluation is not None else State({})


def shown(
    compiled: CompiledForm,
    answers: Answers,
    moment: Moment,
    *,
    page: str | None = None,
    saving: bool = False,
    walk: bool = False,
    before: Shown | None = None,
) -> Shown:
    """Decide what is shown; hidden answers count as not given.

    Rules run in the order of their dependence, each once. For one `page` only what decides about it runs, and
    with `saving` also what is worked out from its answers. For the `walk` only what decides about pages runs.
    With what was found `before`, only rules whose inputs changed since run.
    """
    graph = graph_of(compiled)
    if before is not None and before.evaluation is not None and page is None and not walk:
        evaluation = _again(compiled, before.evaluation, answers, moment)
    else:
        evaluation = Evaluation(compiled, State(answers), moment)
        evaluation.run(graph.plan(_wanted(compiled, page, saving=saving, walk=walk)))
    if page is not None:
        return _page_found(compiled, page, evaluation)
    return _found(compiled, evaluation, with_fields=not walk)


def _again(compiled: CompiledForm, earlier: Evaluation, answers: Answers, moment: Moment) -> Evaluation:
    graph, given = graph_of(compiled), earlier.state.given
    if earlier.compiled is not compiled or earlier.moment != moment:
        evaluation = Evaluation(compiled, State(answers), moment)
        evaluation.run(graph.plan(None))
        return evaluation
    evaluation = Evaluation(compiled, earlier.state.following(answers), moment)
    changed = [key for key in {*given, *answers} if given.get(key) != answers.get(key)]
    seeds = {one for key in changed for one in graph.reads.get(key, NOTHING)}
    after = graph.after(seeds)
    for one in after & graph.grouped:
        top = one.partition(".")[0].removesuffix("[]")
        # cells were taken out of these rows: they are made anew
        seeds |= {part.path for part in compiled.fields[top].everything()} & graph.nodes.keys()
    evaluation.run(graph.plan(graph.after(seeds)), frozenset(seeds))
    return evaluation


def _wanted(compiled: CompiledForm, page: str | None, *, saving: bool, walk: bool) -> frozenset[str] | None:
    """The nodes that decide about one page, or about the walk; None for all."""
    if page is None and not walk:
        return None
    kept = compiled.kept.setdefault("wanted", {})
    if (page, saving) not in kept:
        graph = graph_of(compiled)
        if page is None:
            ids = {node.id for node in graph.nodes.values() if node.kind in ("page", "reach", "way")}
            ids |= {asked.key for one in compiled.pages.values() if one.may_be_bare for asked in one.fields}
        else:
            ids = _for_page(compiled, compiled.pages[page], saving=saving)
        kept[page, saving] = graph.before(ids)
    found: frozenset[str] = kept[page, saving]
    return found


def _for_page(compiled: CompiledForm, page: CompiledPage, *, saving: bool) -> set[str]:
    graph = graph_of(compiled)
    ids = {f"page {page.key}"}
    for asked in page.fields:
        for part in asked.everything():
            scope = scope_of(part)
            ids |= {part.path, *fields_read(compiled, part.require, scope)}
            for _, rule in part.checks:
                ids |= fields_read(compiled, rule, part.inner_path)
        if saving:
            after = graph.after({asked.key, *graph.reads.get(asked.key, NOTHING)})
            ids |= {one for one in after if (found := graph.nodes[one].asked) and found.question.computed}
    for _, rule in page.checks:
        ids |= fields_read(compiled, rule)
    return {_decided(one, graph.nodes) for one in ids}


def _decided(path: str, nodes: Collection[str]) -> str:
    while path and path not in nodes:
        path = path.rpartition(".")[0].removesuffix("[]")
    return path


def _page_found(compiled: CompiledForm, key: str, evaluation: Evaluation) -> Shown:
    page, on = compiled.pages[key], evaluation.state.on
    computed = [one for one in worked_out(compiled) if one in on]
    keys = dict.fromkeys([*(asked.key for asked in page.fields), *computed])
    fields = frozenset(one for one in keys if _is_on(one, compiled, on))
    pages = (key,) if on.get(f"page {key}", True) else ()
    return Shown(pages, fields, _answers(compiled, keys, fields, evaluation), evaluation=evaluation)


def worked_out(compiled: CompiledForm) -> tuple[str, ...]:
    """The questions of pages that are worked out."""
    if "computed" not in compiled.kept:
        compiled.kept["computed"] = tuple(
            asked.key for asked in compiled.questions() if asked.question.computed
        )
    found: tuple[str, ...] = compiled.kept["computed"]
    return found


def _found(compiled: CompiledForm, evaluation: Evaluation, *, with_fields: bool) -> Shown:
    on = evaluation.state.on
    pages = _walked(compiled, evaluation)
    last = compiled.pages[pages[-1]] if pages else None
    exit_page = last.key if last is not None and last.page.exit else None
    if not with_fields:
        return Shown(pages, NOTHING, {}, exit_page, evaluation)
    fields = frozenset(key for key in compiled.fields if _is_on(key, compiled, on))
    return Shown(
        pages, fields, _answers(compiled, compiled.fields, fields, evaluation), exit_page, evaluation
    )


def _is_on(key: str, compiled: CompiledForm, on: Mapping[str, bool]) -> bool:
    return on.get(key, on.get(f"page {compiled.fields[key].page_key}", True))


def _answers(
    compiled: CompiledForm, keys: Iterable[str], fields: frozenset[str], evaluation: Evaluation
) -> dict[str, Any]:
    found = {}
    for key in keys:
        asked = compiled.fields[key]
        if key in fields and asked.question.has_answer:
            answer = evaluation.value(key)
            if asked.children and key in evaluation.graph.nodes:
                answer = _pruned(asked, answer)
            if answer is not None:
                found[key] = answer
    return found


def _pruned(asked: CompiledField, answer: Any) -> Any:
    """Rows and groups without groups in which nothing was answered; None where nothing is left."""
    inner = [child for child in asked.children if child.children]
    for record in (answer if isinstance(answer, list) else [answer]) if inner and answer else ():
        for child in inner:
            if child.key in record and _pruned(child, record[child.key]) is None:
                del record[child.key]
    return answer or None


def _is_bare(page: CompiledPage, evaluation: Evaluation) -> bool:
    """Whether rules of its own have hidden all of a page; one with a rule that failed is shown."""
    state = evaluation.state
    return page.may_be_bare and not any(
        state.on.get(asked.key, True) or asked.key in state.faults for asked in page.fields
    )


def _walked(compiled: CompiledForm, evaluation: Evaluation) -> tuple[str, ...]:
    """The pages on the way without those that are bare, unless all of them are."""
    pages = _on_the_way(compiled, evaluation)
    return tuple(key for key in pages if not _is_bare(compiled.pages[key], evaluation)) or pages


def _on_the_way(compiled: CompiledForm, evaluation: Evaluation) -> tuple[str, ...]:
    on, ways = evaluation.state.on, evaluation.state.ways
    if not any(one.startswith("reach ") for one in evaluation.graph.nodes):
        return tuple(key for key in compiled.pages if on.get(f"page {key}", True))
    found: list[str] = []
    met: set[str] = set()
    key = next(iter(compiled.pages), "")
    while key in compiled.pages and key not in met:
        met.add(key)
        page = compiled.pages[key]
        if on.get(f"page {key}", True):
            found.append(key)
            if page.page.exit:
                break
        ahead = following(compiled, page)
        key = ways.get(key, ahead[0] if ahead else "")
    return tuple(found)


def outcome(rule: Rule, facts: Facts, where: str, faults: dict[str, str] | None = None) -> Outcome:
    """Run a rule; the log of a fault holds the text of the rule and no answer, and so do the faults."""
    return run_noted(rule, facts, where, faults)


def is_required(asked: CompiledField, facts: Facts, faults: dict[str, str] | None = None) -> bool:
    """Whether the question must be answered."""
    if asked.require is not None:
        return outcome(asked.require, facts, asked.path, faults).holds
    return asked.field.required and asked.question.has_answer and not asked.question.computed
