"""The pipelines: their schema, what a linter of security finds, and that both do the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from tests.deploy.releasing import Releases

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))
JENKINS = (ROOT / "Jenkinsfile").read_text()
STAGE = ROOT / "deploy" / "pipelines" / "stage"
OVERLAYS = ["onprem", "eks", "eks-dr"]


def run(name: str, *words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    program = shutil.which(name, path=str(ROOT / ".venv" / "bin")) or shutil.which(name)
    if not program:
        pytest.skip(f"{name} has no wheel for this machine")
    return subprocess.run([program, *words], cwd=cwd, capture_output=True, text=True, check=False)


def stages(text: str) -> list[str]:
    return re.findall(r"deploy/pipelines/stage ([\w-]+(?: (?:onprem|eks-dr|eks))?)", text)


def test_zizmor_finds_nothing() -> None:
    found = run("zizmor", "--offline", "--no-progress", "--pedantic", *map(str, WORKFLOWS))
    assert found.returncode == 0, found.stdout


def test_zizmor_would_find_an_injection(tmp_path: Path) -> None:
    text = (
        WORKFLOWS[0]
        .read_text()
        .replace("run: deploy/pipelines/stage check", "run: echo ${{ github.head_ref }}")
    )
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text(text)
    found = run("zizmor", "--offline", "--no-progress", str(folder / "bad.yaml"))
    assert "template-injection" in found.stdout


def test_workflows_follow_their_schema() -> None:
    found = run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_job_may_only_what_it_names_and_uses_nothing_of_others(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 90, name
        for step in job["steps"]:
            used = step.get("uses", "")
            assert not used or re.search(r"@[0-9a-f]{40}$", used), f"{name}: {used}"


def test_jenkins_and_github_run_the_same_stages_in_the_same_order() -> None:
    release = (ROOT / ".github" / "workflows" / "release.yaml").read_text()
    assert stages(release) == stages(JENKINS)
    assert [name for name in stages(JENKINS) if name.startswith("gitops")] == [
        f"gitops {site}" for site in OVERLAYS
    ]


def test_nothing_is_signed_or_released_before_it_was_scanned() -> None:
    order = stages(JENKINS)
    assert order.index("check") < order.index("image") < order.index("trivy") < order.index("sign")
    assert order.index("sign") < order.index("gitops onprem")


def test_every_stage_that_is_named_is_one_of_the_script() -> None:
    known = set(
        re.search(r"there are ([^\"]*)\.\"", STAGE.read_text())[1].replace(" <overlay>", "").split(", ")
    )  # type: ignore[index]
    assert {name.split()[0] for name in stages(JENKINS)} <= known


@pytest.mark.parametrize(("words", "code", "said"), [((), 64, "There is no stage"), (("trivy",), 1, "")])
def test_a_stage_that_cannot_begin_says_why(
    words: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    place = tmp_path / "deploy" / "pipelines"
    place.mkdir(parents=True)
    shutil.copy(STAGE, place / "stage")
    env = {"PATH": "/usr/bin:/bin", "IMAGE": "registry.example/caseway", "COMMIT": "abc"}
    done = subprocess.run([place / "stage", *words], env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert said in done.stderr


def test_an_unknown_overlay_is_refused_with_those_there_are() -> None:
    env = {"PATH": "/usr/bin:/bin", "IMAGE": "registry.example/caseway", "COMMIT": "abc"}
    done = subprocess.run([STAGE, "gitops", "moon"], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr == "There is no overlay 'moon', only eks eks-dr onprem.\n"


# --- the commit that is the deployment
def test_each_release_reaches_each_site_and_leaves_the_others_as_they_are(releases: Releases) -> None:
    first = releases.git(releases.home, "rev-parse", "HEAD")
    for site in OVERLAYS:
        done = releases.stage(first, "a", "gitops", site)
        assert done.returncode == 0, done.stderr
    second = releases.develop("second")
    done = releases.stage(second, "b", "gitops", "onprem")
    assert done.returncode == 0, done.stderr
    assert [releases.runs(site) for site in OVERLAYS] == [("second", "b"), ("first", "a"), ("first", "a")]
    done = releases.stage(second, "b", "gitops", "eks")
    assert done.returncode == 0, done.stderr
    assert [releases.runs(site) for site in OVERLAYS[:2]] == [("second", "b")] * 2
    again = releases.stage(second, "b", "gitops", "eks")
    assert (again.returncode, again.stdout) == (0, "eks has it already.\n")


def test_a_release_is_taken_back_by_a_commit_that_keeps_what_was(releases: Releases) -> None:
    first = releases.git(releases.home, "rev-parse", "HEAD")
    never = releases.stage(first, "a", "back", "eks")
    assert (never.returncode, never.stderr) == (1, "eks was never released.\n")
    releases.stage(first, "a", "gitops", "eks")
    only = releases.stage(first, "a", "back", "eks")
    assert (only.returncode, only.stderr) == (1, "There is no release of eks before this one.\n")
    second = releases.develop("second")
    releases.stage(second, "b", "gitops", "eks")
    done = releases.stage(second, "b", "back", "eks")
    assert done.returncode == 0, done.stderr
    assert releases.runs("eks") == ("first", "a")
    told = releases.git(releases.bare, "log", "--first-parent", "--format=%s", "release-eks").splitlines()
    assert [line.split()[0] for line in told[:3]] == ["Take", "Release", "Release"]
    third = releases.develop("third")
    done = releases.stage(third, "c", "gitops", "eks")
    assert done.returncode == 0, done.stderr
    assert releases.runs("eks") == ("third", "c")


# --- what Argo CD makes of it
ARGO = """#!/bin/sh
echo "$*" >>{folder}/asked
case "$*" in
  *annotate*) exit 0 ;;
  *' get '*) ;;
  *) echo "not understood: $*" >&2; exit 1 ;;
esac
number=$(cat {folder}/number 2>/dev/null || echo 0)
echo $((number + 1)) >{folder}/number
[ -e {folder}/answer-$number ] || number=last
[ -e {folder}/answer-$number ] || {{ echo refused >&2; exit 1; }}
cat {folder}/answer-$number
"""


def synced(releases: Releases, *answers: str, within_s: int = 60) -> subprocess.CompletedProcess[str]:
    """The stage, while Argo CD gives these answers one after the other; `{commit}` is the released one."""
    first = releases.git(releases.home, "rev-parse", "HEAD")
    assert releases.stage(first, "a", "gitops", "eks").returncode == 0
    commit = releases.git(releases.bare, "rev-parse", "release-eks")
    program = releases.folder / "programs" / "kubectl"
    program.parent.mkdir()
    program.write_text(ARGO.format(folder=releases.folder))
    program.chmod(0o755)
    for number, answer in enumerate(answers):
        name = "last" if number == len(answers) - 1 else str(number)
        (releases.folder / f"answer-{name}").write_text(answer.format(commit=commit))
    path = f"{program.parent}:/usr/bin:/bin"
    waits = {"SYNCED_WITHIN_S": str(within_s), "LOOK_EVERY_S": "0.01"}
    return releases.stage(first, "a", "synced", "eks", PATH=path, **waits)


def test_nothing_is_asked_of_a_site_before_argo_cd_runs_the_released_commit_there(releases: Releases) -> None:
    old = "0" * 40
    done = synced(
        releases,
        f"{old} Synced Healthy Succeeded: fine ",
        "{commit} OutOfSync Missing Running: waiting for Job/migrate ",
        "{commit} Synced Progressing Succeeded: fine ",
        "{commit} Synced Healthy Succeeded: fine ",
    )
    assert done.returncode == 0, done.stderr
    told = [line.split(" ", 1)[1][41:] for line in done.stdout.splitlines() if line.startswith("eks: ")]
    assert [line.split(" ")[1] for line in told] == ["Healthy", "Missing", "Progressing", "Healthy"]
    asked = (releases.folder / "asked").read_text().splitlines()
    assert "refresh" in asked[0]
    assert all("--context onprem " in line and "application caseway-eks " in line for line in asked)


def test_what_argo_cd_says_is_the_reason_when_it_does_not_come_to_that(releases: Releases) -> None:
    answer = "{commit} Synced Degraded Failed: Job/migrate failed "
    done = synced(releases, answer, within_s=0)
    assert done.returncode == 1
    assert "Argo CD says: " in done.stderr
    assert "Degraded Failed: Job/migrate failed" in done.stderr


def test_an_argo_cd_that_cannot_be_asked_is_not_taken_for_one_that_is_done(releases: Releases) -> None:
    done = synced(releases, within_s=0)
    assert (done.returncode, "could not be asked" in done.stderr) == (1, True)


def test_a_smoke_test_comes_after_argo_cd_has_made_the_site_what_was_released() -> None:
    order = stages(JENKINS)
    for site in OVERLAYS:
        at = order.index(f"gitops {site}")
        assert order[at : at + 3] == [f"gitops {site}", f"synced {site}", "smoke"]


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[str]]]:
    """Answers as the gateway of a site does: to its names only, and never on /livez."""
    asked: list[str] = []

    class Gateway(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            known = self.headers["Host"].partition(":")[0] == "localhost"
            self.send_response(200 if known and self.path != "/livez" else 404)
            self.end_headers()
            self.wfile.write(b'{"database": "ready"}')

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{{}}:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("host", "code"), [("localhost", 0), ("127.0.0.1", 1)])
def test_the_smoke_test_asks_a_site_by_its_name_for_what_its_gateway_shows(
    host: str, code: int, gateway: tuple[str, list[str]]
) -> None:
    address, asked = gateway
    env = {"PATH": "/usr/bin:/bin", "SITE_ADDRESS": address.format(host)}
    done = subprocess.run([STAGE, "smoke"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert asked[0] == "/readyz"


def test_every_site_is_followed_by_argo_cd_on_its_own_branch() -> None:
    applications = yaml.safe_load_all((ROOT / "deploy/kubernetes/argocd/applications.yaml").read_text())
    followed = {
        each["metadata"]["name"]: (each["spec"]["destination"]["name"], each["spec"]["source"])
        for each in applications
    }
    for site in OVERLAYS:
        folders = {"": f"overlays/{site}", "-signatures": "signatures"}
        for name, folder in folders.items():
            cluster, source = followed.pop(f"caseway-{site}{name}")
            assert (cluster, source["targetRevision"]) == (site, f"release-{site}")
            assert source["path"] == f"deploy/kubernetes/{folder}"
    assert followed == {}


def test_only_a_digest_is_released(tmp_path: Path) -> None:
    place = tmp_path / "deploy" / "pipelines"
    place.mkdir(parents=True)
    shutil.copy(STAGE, place / "stage")
    kept = tmp_path / ".data" / "pipeline"
    kept.mkdir(parents=True)
    (kept / "digest").write_text("latest")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "trivy").write_text('#!/bin/sh\necho "asked for $*"\n')
    (programs / "trivy").chmod(0o755)
    env = {"PATH": f"{programs}:/usr/bin:/bin", "IMAGE": "registry.example/caseway", "COMMIT": "abc"}
    done = subprocess.run([place / "stage", "trivy"], env=env, capture_output=True, text=True, check=False)
    assert "There is no digest" in done.stderr
    assert done.returncode != 0
    assert done.stdout == ""
    (kept / "digest").write_text("sha256:" + "a" * 64)
    done = subprocess.run([place / "stage", "trivy"], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("registry.example/caseway@sha256:" + "a" * 64)
