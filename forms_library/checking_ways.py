"""The ways between pages: links that lead nowhere or back, and pages that nothing leads to."""

from engine.core.problems import Problems
from forms_library.bound import CompiledForm
from forms_library.checking_order import circles
from forms_library.checking_rules import never_holds
from forms_library.definition import CHECK, Page
from forms_library.rule_graph import following

MOST_NAMED = 8


def check_ways(compiled: CompiledForm, problems: Problems) -> None:
    """Note what is wrong with the links of all pages."""
    for number, page in enumerate(compiled.form.pages):
        _links(page, compiled, problems.at("pages", number, "next"))
    index = {key: number for number, key in enumerate(compiled.pages)}
    ways = {key: set(following(compiled, page)) & index.keys() for key, page in compiled.pages.items()}
    named: set[str] = set()
    for circle in circles(ways):
        if named.isdisjoint(circle):
            chain = " → ".join([*circle, circle[0]])
            sentence = f"These pages lead back to each other in a circle: {chain}. Remove one of the links."
            problems.at("pages", index[circle[0]], "next").mend("circle", sentence)
        named.update(circle)
    for key in unreachable(compiled):
        problems.at("pages", index[key]).look("unreachable", _never_asked(compiled, key))


def _never_asked(compiled: CompiledForm, key: str) -> str:
    """That nothing leads to a page, with the questions that are so never asked."""
    asked = [one for one in compiled.pages[key].fields if one.question.has_answer]
    labels = [f'"{one.field.label}"' for one in asked[:MOST_NAMED]]
    labels += [f"{len(asked) - MOST_NAMED} more"] if len(asked) > MOST_NAMED else []
    never = f" So this is never asked: {', '.join(labels)}." if labels else ""
    return f'Nothing leads to the page "{key}".{never}'


def _links(page: Page, compiled: CompiledForm, problems: Problems) -> None:
    if page.exit and page.next:
        problems.look("exit_leads_on", "The walk ends on this page: its links are never followed.")
    ended = False
    for index, link in enumerate(page.next or ()):
        if link.to != CHECK and link.to not in compiled.pages:
            problems.at(index, "to").mend("unknown_page", f'There is no page "{link.to}".')
        if ended:
            problems.at(index).look(
                "unreachable", "The link above has no condition, so this one is never followed."
            )
        ended = ended or link.when is None


def unreachable(compiled: CompiledForm) -> list[str]:
    """The pages to which no way leads, also not by a link whose condition can never hold."""
    met: set[str] = set()
    ahead = [next(iter(compiled.pages), "")]
    while ahead:
        page = compiled.pages.get(ahead.pop())
        if page is None or page.key in met:
            continue
        met.add(page.key)
        closed = {link.to for link, rule in page.links if rule is not None and never_holds(rule)}
        open_too = {link.to for link, rule in page.links if rule is None or not never_holds(rule)}
        ahead += [key for key in following(compiled, page) if key not in closed - open_too]
    return [key for key in compiled.pages if key not in met]
