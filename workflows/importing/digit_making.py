"""The states and transitions of DIGIT as the steps of a package."""

from __future__ import annotations

import re
from typing import Any

from forms_library.importing.report import Report
from workflows.importing.digit_ends import entry_of, first_of, is_end, outcome_of, without_end
from workflows.importing.digit_names import Keys, words_of
from workflows.importing.digit_reading import Definition, Path, StateDraft, Transition
from workflows.importing.digit_roles import Roles

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
MOST_MINUTES = 5_000_000
WITHOUT_TIME = {"days": 90}
PAYMENT = re.compile(r"(^|_)PAY", re.IGNORECASE)
CLOSE, BEGIN = "close", "Begin"


def span_of(milliseconds: int) -> dict[str, int]:
    """A length of time in the largest unit in which it is whole; less than a minute counts as one."""
    for unit, length, most in (("days", DAY, 36_500), ("hours", HOUR, 100_000)):
        if milliseconds % length == 0 and 0 < milliseconds // length <= most:
            return {unit: milliseconds // length}
    return {"minutes": max(1, min(MOST_MINUTES, round(milliseconds / MINUTE)))}


class Steps:
    """The steps of one definition."""

    def __init__(self, definition: Definition, roles: Roles, report: Report) -> None:
        self.definition, self.roles, self.report = definition, roles, report
        self.first = first_of(definition)
        names = Keys()
        ordered = sorted(definition.states, key=lambda state: state is self.first)
        self.keys = {id(state): names.free(state.name or "begin", "state") for state in ordered}
        self.begin = self.keys[id(self.first)] if self.first else names.free("begin", "state")
        self.exit = names.free("closed", "state")

    def nodes(self, form: str) -> list[dict[str, Any]]:
        """All steps: the beginning, then the states in their order."""
        states = [state for state in self.definition.states if state is not self.first]
        stuck = without_end(states)
        nodes = [self._state(state, closes=state in stuck) for state in states]
        if stuck:
            nodes.append(_final(self.exit, "Closed", "withdrawn"))
        return [self._begin(form), *nodes]

    def time(self) -> dict[str, int]:
        """The time for the whole."""
        at = (*self.definition.path, "businessServiceSla")
        if self.definition.sla is not None:
            return self._span(self.definition.sla, at)
        sentence = "The source sets no time for the whole. Ninety days are set: look whether that is right."
        self.report.changed(at, "no_time", sentence)
        return WITHOUT_TIME

    def _begin(self, form: str) -> dict[str, Any]:
        name = f"{self.definition.business}/{self.definition.name}".strip("/")[:500]
        step = {"key": self.begin, "type": "first_state", "title": _text(BEGIN), "form": form, "origin": name}
        if self.first is not None:
            return {**step, "actions": self._actions(self.first)}
        entry = entry_of(self.definition)
        sentence = (
            "The source has no state in which an application does not exist yet. "
            f'An action "Create" is made that leads to "{entry.name or BEGIN}".'
        )
        self.report.changed(entry.path, "no_beginning", sentence)
        who = _roles_of(entry) or list(self.roles.known)
        create = {"key": "create", "label": _text("Create"), "next": self.keys[id(entry)]}
        return {**step, "actions": [{**create, "roles": self.roles.keys(who)}]}

    def _state(self, state: StateDraft, *, closes: bool) -> dict[str, Any]:
        step: dict[str, Any] = {
            "key": self.keys[id(state)],
            "type": "state",
            "title": _text(words_of(state.name) or state.name or BEGIN),
            "status_text": _text(words_of(state.status or state.name) or state.name or BEGIN),
            "actions": self._actions(state),
            "origin": state.name[:500],
        }
        if closes:
            step["actions"] = [*step["actions"], self._close(state, step["actions"])]
        if is_end(state):
            self._name_end(state)
            return step | {"final": outcome_of(state)}
        return step | self._turn(state) | self._time(state) | self._start(state)

    def _name_end(self, state: StateDraft) -> None:
        if not state.ends:
            sentence = "From this state nothing leads on, so a case ends here."
            self.report.defect(state.path, "dead_end", sentence)
        elif any(each.to is not state for each in state.transitions):
            sentence = "A case counts as ended here although it can go on: look whether that is meant."
            self.report.changed(state.path, "end_with_actions", sentence)
        if state.sla is not None:
            sentence = "A case has ended in this state, so the time for it is not carried."
            self.report.lost(state.sla_path, "time_of_end", sentence)
        if state.starts:
            sentence = "A case has ended in this state, so none begins here."
            self.report.lost((*state.path, "isStartState"), "start_at_end", sentence)
        sentence = "How a case ended is told by the name of the state: look whether it is right."
        self.report.changed(state.path, "outcome", sentence)

    def _turn(self, state: StateDraft) -> dict[str, Any]:
        """Whose turn it is: the applicant's if they can bring the case on, else that of staff."""
        onwards = [each for each in state.transitions if each.to is not state]
        acting = self.roles.are(role for each in onwards for role in each.roles)
        turn = next((who for who in ("applicant", "staff", "system") if who in acting), "staff")
        pays = turn != "staff" and any(PAYMENT.search(each.name) for each in onwards)
        found = {"turn": turn} if turn != "staff" else {}
        return found | ({"shown_as": "waiting_for_payment"} if pays else {})

    def _time(self, state: StateDraft) -> dict[str, Any]:
        return {"due": self._span(state.sla, state.sla_path)} if state.sla is not None else {}

    def _start(self, state: StateDraft) -> dict[str, Any]:
        if not state.starts:
            return {}
        if "staff" in self.roles.are(_roles_of(state)):
            return {"begins": True}
        sentence = "Nobody of staff acts in this state, so no case begins here."
        self.report.changed((*state.path, "isStartState"), "start", sentence)
        return {}

    def _span(self, milliseconds: int, at: Path) -> dict[str, int]:
        span = span_of(milliseconds)
        if span.get("minutes", 0) * MINUTE not in (0, milliseconds):
            self.report.changed(at, "rounded", "This time is carried in whole minutes.")
        return span

    def _actions(self, state: StateDraft) -> list[dict[str, Any]]:
        names = Keys("timeout")
        onwards = next((each for each in state.transitions if each.to is not state), None)
        return [self._action(each, names, is_first=each is onwards) for each in state.transitions]

    def _action(self, each: Transition, names: Keys, *, is_first: bool) -> dict[str, Any]:
        to = each.to
        action: dict[str, Any] = {
            "key": names.free(each.name, "action"),
            "label": _text(words_of(each.name) or each.name),
            "roles": self.roles.keys(each.roles),
            "next": self.keys[id(to)],
            "origin": each.name[:500],
        }
        refuses = to is not None and is_end(to) and outcome_of(to) in ("refused", "withdrawn")
        action["style"] = "refuse" if refuses else "primary" if is_first else "plain"
        return action

    def _close(self, state: StateDraft, actions: list[dict[str, Any]]) -> dict[str, Any]:
        sentence = (
            "From this state a case can never come to an end. An action is made by which an administrator "
            "closes it."
        )
        self.report.changed(state.path, "no_end", sentence)
        return {
            "key": Keys(*(action["key"] for action in actions)).free(CLOSE, "action"),
            "label": _text("Close"),
            "roles": ["administrator"],
            "next": self.exit,
            "style": "refuse",
            "reason": "required",
        }


def _roles_of(state: StateDraft) -> list[str]:
    return [role for each in state.transitions for role in each.roles]


def _final(key: str, title: str, outcome: str) -> dict[str, Any]:
    return {"key": key, "type": "state", "title": _text(title), "status_text": _text(title), "final": outcome}


def _text(words: str) -> dict[str, str]:
    return {"en": words}
