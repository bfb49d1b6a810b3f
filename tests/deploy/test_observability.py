"""Rules and routes of the alerts, tried with the programs that will read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.deploy.kubernetes.rendering import containers, overlay
from tests.deploy.observability.telling import ROOT, alerts, rules

FOLDER = ROOT / "deploy" / "observability"
ALERTMANAGER = FOLDER / "alertmanager.yaml"


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not on this machine (Debian: prometheus, prometheus-alertmanager)")
    return found


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_rules_wake_whom_they_must_and_nobody_else(tmp_path: Path) -> None:
    promtool = program("promtool")
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump(rules()))
    shutil.copy(FOLDER / "rules_test.yaml", tmp_path)
    run(tmp_path, promtool, "check", "rules", "--lint-fatal", "rules.yaml")
    run(tmp_path, promtool, "test", "rules", "rules_test.yaml")


def test_every_alert_fires_in_at_least_one_case() -> None:
    cases = yaml.safe_load((FOLDER / "rules_test.yaml").read_text())["tests"]
    fired = {
        each["alertname"] for case in cases for each in case["alert_rule_test"] if each.get("exp_alerts")
    }
    assert set(alerts()) - fired == set()


def test_every_job_that_a_clock_starts_is_watched() -> None:
    jobs = {item["metadata"]["name"] for item in overlay("onprem") if item["kind"] == "CronJob"}
    assert jobs
    failing = re.compile(r'job_name(=~|!~)"([^"]+)"')
    caught = [failing.search(alerts()[name]["expr"]) for name in ("AuditNotVerified", "JobFailed")]
    for name in jobs:
        matched = [
            found and bool(re.fullmatch(found[2], f"{name}-1")) == (found[1] == "=~") for found in caught
        ]
        assert sum(map(bool, matched)) == 1, name


def test_the_routes_are_read_by_alertmanager() -> None:
    run(FOLDER, program("amtool"), "check-config", str(ALERTMANAGER))


@pytest.mark.parametrize(
    ("severity", "heard"), [("page", "people,sms,slack"), ("ticket", "slack"), ("other", "slack")]
)
def test_pages_reach_people_and_everything_is_written_down(severity: str, heard: str) -> None:
    told = run(
        FOLDER,
        program("amtool"),
        "config",
        "routes",
        "test",
        f"--config.file={ALERTMANAGER}",
        f"severity={severity}",
    )
    assert told.strip() == heard


def test_every_alert_says_how_urgent_it_is_and_names_its_page() -> None:
    assert len(alerts()) >= 14
    for name, rule in alerts().items():
        assert rule["labels"]["severity"] in ("page", "ticket"), name
        assert rule["annotations"]["summary"], name
        assert (ROOT / "deploy" / "runbooks" / f"{rule['annotations']['runbook']}.md").exists(), name


def test_a_call_goes_two_ways_of_which_neither_needs_the_other() -> None:
    receivers = {each["name"]: each for each in yaml.safe_load(ALERTMANAGER.read_text())["receivers"]}
    assert set(receivers["people"]) == {"name", "pagerduty_configs"}
    [sms] = receivers["sms"]["sns_configs"]
    topic = (ROOT / "terraform/modules/observability/main.tf").read_text()
    assert 'name              = "${var.name}-rota"' in topic
    assert sms["topic_arn"].endswith(":caseway-rota")
    assert f":{sms['sigv4']['region']}:" in sms["topic_arn"]
    assert ".CommonAnnotations.runbook" in sms["message"]


def test_no_key_stands_in_the_routes() -> None:
    receivers = yaml.safe_load(ALERTMANAGER.read_text())["receivers"]
    for receiver in receivers:
        for each in [*receiver.get("pagerduty_configs", ()), *receiver.get("slack_configs", ())]:
            assert not {"routing_key", "service_key", "api_url"} & set(each)
        for each in receiver.get("sns_configs", ()):
            assert set(each["sigv4"]) == {"region"}
            assert "phone_number" not in each


def test_logs_of_every_program_of_ours_are_taken_and_no_key_stands_in_the_way() -> None:
    filebeat = yaml.safe_load((FOLDER / "filebeat.yaml").read_text())
    [provider] = filebeat["filebeat.autodiscover"]["providers"]
    [taken] = provider["templates"]
    wanted = {key: value for each in taken["condition"]["and"] for key, value in each["equals"].items()}
    ours = [item for item in overlay("onprem") if item["kind"] in ("Deployment", "StatefulSet", "CronJob")]
    programs = {
        (item["metadata"]["namespace"], name.rpartition(", ")[2])
        for item in ours
        for name, container in containers([item])
        if "/caseway@" in container["image"]
    }
    assert programs == {(wanted["kubernetes.namespace"], wanted["kubernetes.container.name"])}
    assert any("ndjson" in parser for parser in taken["config"][0]["parsers"])
    to = filebeat["output.elasticsearch"]
    assert to["api_key"].startswith("${")
    assert (to["hosts"][0][:8], to["ssl"]["supported_protocols"]) == ("https://", ["TLSv1.3"])
