"""`played.py WORLD PROGRAM words`: kubectl, aws, curl, git and the stages, as far as the switch asks them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NOTE = "caseway.example.gov/switch-"
DATABASES = {"eks": "caseway", "eks-dr": "caseway-dr"}
AWAKE = ["web", "relay", "scheduler", "metrics"]
State = dict[str, Any]


class Refusal(Exception):
    """The program ends with an error."""


class Lost(BaseException):
    """The terminal of the operator is lost at this change."""


# --- kubectl
def kubectl(state: State, words: list[str]) -> str:
    context = option(words, "--context")
    if context in state["away"]:
        raise Refusal(f"Unable to connect to the server: {context}")
    said = [word for word in words if not re.match(r"--(context|request-timeout|namespace)=", word)]
    if "application" in said:
        return argo(state, said)
    for pattern, answer in KUBECTL:
        if re.match(pattern, " ".join(said)):
            return answer(state, context, said)
    raise Refusal(f"unknown words: {said}")


def argo(state: State, said: list[str]) -> str:
    name = next(word for word in said if word.startswith("caseway-"))
    if said[0] == "get":
        return "{}" if state["heals"][name] else ""
    patch = json.loads(option(said, "--patch"))
    heals = bool(patch["spec"]["syncPolicy"]["automated"])
    changed(state, f"argo {name} {'heals' if heals else 'rests'}")
    state["heals"][name] = heals
    return ""


def get_pods(state: State, site: str, said: list[str]) -> str:
    only = ("web", "scheduler") if any("scheduler" in word for word in said) else AWAKE
    return "\n".join(f"pod/{name}-1" for name in state["pods"][site] if name in only)


def manage(state: State, site: str, said: list[str]) -> str:
    command = said[said.index("manage.py") + 1 :]
    database = DATABASES[site]
    if state["mode"][database] is None:
        raise Refusal("OperationalError: connection failed")
    if command == ["site_mode"]:
        return str(state["mode"][database])
    if command[0] == "site_mode":
        if state["database"][database]["follows"]:
            raise Refusal("CommandError: The database stands by")
        changed(state, f"{site} {command[1]}")
        state["mode"][database] = command[1] if command[1] == "normal" else "read-only, because of the switch"
        return f"{command[1]}: every process knows."
    if command[0] == "standbys":
        if state["missing_bytes"]:
            raise Refusal(f"dr has {state['missing_bytes']} bytes to go.")
        changed(state, "the copy has everything")
        return "1 of 1 standbys have everything."
    if command[0] == "verify_audit":
        if state["broken_record"]:
            raise Refusal("CommandError: 1 broken places in 3 chains.")
        changed(state, "the record is verified")
        return "9 entries in 3 chains: nothing was changed."
    if state["missing_documents"]:
        raise Refusal(f"CommandError: {state['missing_documents']} of 9 documents cannot be served.")
    changed(state, "documents are read")
    return "9 documents checked, all are as they were stored."


def get_namespace(state: State, site: str, _said: list[str]) -> str:
    notes = {NOTE + key: value for key, value in state["notes"][site].items()}
    return json.dumps({"metadata": {"annotations": notes}})


def write_notes(state: State, site: str, said: list[str]) -> str:
    told = dict(word[len(NOTE) :].split("=", 1) for word in said if word.startswith(NOTE))
    changed(state, f"notes of {site}: {' '.join(sorted(told))}")
    state["notes"][site] |= told
    return ""


def scale(state: State, site: str, said: list[str]) -> str:
    number, name = int(option(said, "--replicas")), said[1].rpartition("/")[2]
    changed(state, f"scale {site} {said[1]} {number}")
    gone = {"web"} if name == "web" else {"relay", "scheduler", "metrics"} if "--all" in said else {name}
    if "pods" not in state["stuck"]:
        kept = [each for each in state["pods"][site] if each not in gone]
        state["pods"][site] = kept + (sorted(gone) if number else [])
    return ""


def ready(state: State, site: str, said: list[str]) -> str:
    return "4" if said[1].rpartition("/")[2] in state["pods"][site] else ""


def get_job(state: State, _site: str, _said: list[str]) -> str:
    return "1" if state["jobs"] else ""


def make_job(_state: State, _site: str, _said: list[str]) -> str:
    return json.dumps(
        {"spec": {"template": {"spec": {"containers": [{"args": ["manage", "verify_audit"]}]}}}}
    )


def apply(state: State, _site: str, _said: list[str]) -> str:
    job = json.loads(state["given"])
    changed(state, "first heads")
    state["jobs"].append(job["spec"]["template"]["spec"]["containers"][0]["args"])
    return ""


def rest(state: State, site: str, said: list[str]) -> str:
    changed(state, f"{said[0]} {site} {said[1] if said[0] != 'annotate' else said[-1]}")
    return ""


KUBECTL: list[tuple[str, Callable[[State, str, list[str]], str]]] = [
    ("auth can-i", lambda *_: "yes"),
    ("get pods", get_pods),
    ("exec", manage),
    ("get namespace", get_namespace),
    ("annotate --overwrite namespace", write_notes),
    ("get cronjob", lambda *_: "cronjob.batch/nightly-audit"),
    ("scale", scale),
    ("get job", get_job),
    ("create job", make_job),
    ("apply", apply),
    ("get (rollout|deployment|statefulset)/", ready),
    ("(annotate|patch|delete) ", rest),
]


# --- aws
def aws(state: State, words: list[str]) -> str:
    if words[:2] == ["sts", "get-caller-identity"]:
        return "{}"
    verb = next(word for word in words if "-" in word and not word.startswith("--") and word[:3] != "eu-")
    region = {"eu-central-1": "caseway", "eu-west-1": "caseway-dr"}[words[words.index("--region") + 1]]
    return AWS[verb](state, region, words)


def describe(state: State, name: str, _words: list[str]) -> str:
    database = state["database"][name]
    if database["status"] == "modifying" and "promotion" not in state["stuck"]:
        state["promoting"] -= 1
        if state["promoting"] <= 0:
            database |= {"status": "available", "follows": None}
            if state["mode"][name].endswith("stands by"):
                other = state["mode"]["caseway" if name == "caseway-dr" else "caseway-dr"]
                state["mode"][name] = other or "normal"
    return json.dumps(database)


def promote(state: State, name: str, _words: list[str]) -> str:
    if state["database"][name]["status"] != "available":
        raise Refusal("An error occurred (InvalidDBInstanceState)")
    changed(state, f"promote {name}")
    state["database"][name]["status"], state["promoting"] = "modifying", 3
    return ""


def checks(state: State, _name: str, words: list[str]) -> str:
    host = re.search(r"'(.*?)'", " ".join(words))
    return json.dumps([[f"id-of-{host[1]}", state["doors"][host[1]]]]) if host else "{}"


def set_check(state: State, _name: str, words: list[str]) -> str:
    host = words[words.index("--health-check-id") + 1].removeprefix("id-of-")
    path = words[words.index("--resource-path") + 1]
    changed(state, f"door of {host} {'opens' if path == '/readyz' else 'shuts'}")
    state["doors"][host] = path
    return ""


def lag(state: State, _name: str, _words: list[str]) -> str:
    at = datetime.now(UTC).replace(hour=2, minute=20, second=0, microsecond=0).isoformat()
    known = [] if state["lag"] is None else [{"Timestamp": at, "Maximum": state["lag"]}]
    return json.dumps({"Datapoints": known})


AWS: dict[str, Callable[[State, str, list[str]], str]] = {
    "describe-db-instances": describe,
    "promote-read-replica": promote,
    "list-health-checks": checks,
    "update-health-check": set_check,
    "get-metric-statistics": lag,
}


# --- the others
def curl(state: State, words: list[str]) -> str:
    host = words[-1].split("/")[2]
    return "000" if host in state["away"] else "200"


def git(state: State, words: list[str]) -> str:
    if words[0] == "fetch":
        state["fetched"] = words[-1].rpartition("/")[2]
    asleep = state["asleep"] or state.get("fetched") == "main"
    return "- path: asleep.yaml\n- path: no-migration.yaml" if asleep and words[0] == "show" else ""


def bash(state: State, words: list[str]) -> str:
    stage, site = words[-2:]
    changed(state, f"stage {stage} {site}")
    if stage == "synced":
        if "synced" in state["stuck"]:
            raise Refusal(f"{site} does not run abc. Argo CD says: Degraded")
        return ""
    state["asleep"] = stage == "asleep"
    return f"release-{site}: done.\nMerge the branch {stage}-{site} to main before the next release."


def option(words: list[str], name: str) -> str:
    return next((word.split("=", 1)[1] for word in words if word.startswith(f"{name}=")), "")


def changed(state: State, what: str) -> None:
    """Write down that the world changes here, and whether the terminal of the operator is lost by it."""
    state["done"].append(what)
    state["dying"] = len(state["done"]) == state["dies_at"]


def play(file: Path, program: str, words: list[str], given: str | None) -> str:
    """What the program answers; the world is another one afterwards."""
    state = json.loads(file.read_text())
    if program in state["away"]:
        raise Refusal(f"{program}: no access")
    state["given"] = given
    answer = PROGRAMS[program](state, words)
    state.pop("given")
    if state.pop("dying", False):
        before = {**json.loads(file.read_text()), "dies_at": None}
        after = {**state, "dies_at": None}
        file.write_text(json.dumps(before if state["dies"] == "before" else after))
        raise Lost(state["done"][-1])
    file.write_text(json.dumps(state))
    return answer


PROGRAMS = {"kubectl": kubectl, "aws": aws, "curl": curl, "git": git, "bash": bash}


def main() -> int:
    file, program, words = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    try:
        answer = play(file, program, words, sys.stdin.read() if "--filename=-" in words else None)
    except Refusal as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{answer}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
