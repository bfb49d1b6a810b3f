"""Every path of a form walked: answers are looked for, then each page is sent as a browser would."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from engine.core.worktime import WorkingCalendar
from forms_library.answers import check_whole
from forms_library.compiled import CompiledForm
from forms_library.uploads import Upload
from forms_library.walking.graph import MOST_PATHS, paths
from forms_library.walking.path_search import Path, Search
from forms_library.walking.posting import pretended_upload
from forms_library.walking.random_walk import Walker
from forms_library.walking.rules import page_reads
from forms_library.walking.setting import Setting
from forms_library.walking.trace import PathReport, WalkedPath


def walk_paths(
    compiled: CompiledForm,
    today: date,
    upload: Upload | None = None,
    *,
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
    most: int = MOST_PATHS,
) -> PathReport:
    """Walk every path that answers can lead along, and name the others."""
    setting = Setting(today, upload or pretended_upload, "en", calendar, context)
    search = Search(compiled, setting)
    found = search.paths()
    sender = _Sender(compiled, setting)
    walked, problems = [], []
    for path, chosen in found.items():
        answers, wrong = sender.send(path, chosen)
        if wrong:
            problems.append(f"{' > '.join(path)}: {wrong}")
        else:
            walked.append(WalkedPath(path, answers, compiled.pages[path[-1]].page.exit))
    listed = list(paths(compiled, most))
    done = {one.pages for one in walked}
    left = tuple(path for path in listed if path not in done)
    proven = {path for path in left if path not in found and search.excludes(path)}
    return PathReport(
        walked=tuple(walked),
        contradictory=tuple(path for path in left if path in proven),
        not_found=tuple(path for path in left if path not in proven),
        complete=len(listed) < most,
        problems=tuple(problems),
    )


class _Sender:
    """Sends the pages of a path. A page that is answered alike under like answers is sent once."""

    def __init__(self, compiled: CompiledForm, setting: Setting) -> None:
        self.compiled, self.setting = compiled, setting
        self.reads = page_reads(compiled)
        self.sent: dict[tuple[Any, ...], tuple[dict[str, Any], tuple[str, ...]]] = {}

    def send(self, path: Path, chosen: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
        """The stored answers of a path, and what went wrong on the way."""
        answers: dict[str, Any] = {}
        for page in path:
            if self.compiled.pages[page].page.exit:
                break
            stored, errors = self._page(page, chosen, answers)
            if errors:
                return answers, errors[0]
            answers.update(stored)
        return answers, self._judged(path, answers)

    def _page(
        self, page: str, chosen: Mapping[str, Any], answers: Mapping[str, Any]
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        own = {asked.key for asked in self.compiled.pages[page].fields}
        here = {key: repr(chosen[key]) for key in sorted(own) if key in chosen}
        read = {key: repr(answers[key]) for key in sorted(self.reads[page]) if key in answers}
        state = (page, tuple(here.items()), tuple(read.items()))
        if state not in self.sent:
            random = Random(page)  # noqa: S311  a walk, no secret
            walker = Walker(self.compiled, self.setting, random, answers, chosen)
            errors = walker.ask(page)
            self.sent[state] = ({key: walker.answers[key] for key in own if key in walker.answers}, errors)
        return self.sent[state]

    def _judged(self, path: Path, answers: Mapping[str, Any]) -> str:
        """Whether the answers lead along exactly this path, and could be sent where it does not exit."""
        pages = tuple(self.setting.pages(self.compiled, answers))
        if pages != path:
            return f"the answers lead along {' > '.join(pages)}"
        if self.compiled.pages[path[-1]].page.exit:
            return ""
        setting = self.setting
        whole = check_whole(
            self.compiled, answers, setting.today, calendar=setting.calendar, context=setting.context
        )
        errors = [
            f"{error.field_key}: {error.sentence}" for found in whole.errors.values() for error in found
        ]
        errors += [f"{place}: the rule fails: {rule}" for place, rule in whole.faults.items()]
        return errors[0] if errors else ""
