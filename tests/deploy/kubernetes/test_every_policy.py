"""What no schema knows: the rules of this house for everything that runs in a cluster."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from deploy.image import role
from tests.deploy.kubernetes.rendering import (
    OVERLAYS,
    Object,
    at,
    containers,
    named,
    of_kind,
    overlay,
    pods,
    selects,
    settings_of_the_product,
)

DIGEST = re.compile(r"[\w.-]+(/[\w.-]+)+@sha256:[0-9a-f]{64}")
SERVERS = ("Deployment", "StatefulSet")


@pytest.fixture(params=OVERLAYS)
def objects(request: pytest.FixtureRequest) -> list[Object]:
    return overlay(request.param)


# --- images and pods
def test_every_image_is_named_by_digest(objects: list[Object]) -> None:
    wrong = [
        f"{name}: {each['image']}"
        for name, each in containers(objects)
        if not DIGEST.fullmatch(each["image"])
    ]
    assert wrong == []


def test_every_pod_meets_the_restricted_standard(objects: list[Object]) -> None:
    wrong = []
    for name, template in pods(objects):
        rules = template["spec"]["securityContext"]
        if not (rules["runAsNonRoot"] and rules["runAsUser"] >= 10000):
            wrong.append(f"{name}: may run as root")
        if rules["seccompProfile"] != {"type": "RuntimeDefault"}:
            wrong.append(f"{name}: no seccomp profile")
        if template["spec"]["automountServiceAccountToken"]:
            wrong.append(f"{name}: a token of the cluster is mounted")
    for name, each in containers(objects):
        rules = each["securityContext"]
        strict = (rules["allowPrivilegeEscalation"], rules["readOnlyRootFilesystem"], rules["capabilities"])
        if strict != (False, True, {"drop": ["ALL"]}):
            wrong.append(f"{name}: {rules}")
    assert wrong == []


def test_the_namespace_enforces_the_restricted_standard(objects: list[Object]) -> None:
    (namespace,) = of_kind(objects, "Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert namespace["metadata"]["labels"]["istio-injection"] == "enabled"
    assert of_kind(objects, "ResourceQuota")
    assert of_kind(objects, "LimitRange")


def test_every_container_asks_for_what_it_needs_and_memory_has_an_end(objects: list[Object]) -> None:
    wrong = []
    for name, each in containers(objects):
        resources = each["resources"]
        if not {"cpu", "memory"} <= set(resources["requests"]) or "memory" not in resources["limits"]:
            wrong.append(name)
    assert wrong == []


def test_every_server_has_the_probes_that_it_needs(objects: list[Object]) -> None:
    for item in of_kind(objects, *SERVERS):
        (container,) = item["spec"]["template"]["spec"]["containers"]
        assert {"startupProbe", "livenessProbe"} <= set(container), named(item)
        if container.get("ports"):
            assert "readinessProbe" in container, named(item)


def test_the_probes_of_the_web_server_ask_the_right_questions(objects: list[Object]) -> None:
    (web,) = [item for item in of_kind(objects, "Deployment") if item["metadata"]["name"] == "web"]
    container = web["spec"]["template"]["spec"]["containers"][0]
    config = settings_of_the_pods(objects)
    asked = {name: container[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert {name: probe["path"] for name, probe in asked.items()} == {
        "startupProbe": "/livez",
        "livenessProbe": "/livez",
        "readinessProbe": "/readyz",
    }
    hosts = config["data"]["ALLOWED_HOSTS"].split(",")
    for (
        probe
    ) in asked.values():  # Django refuses a name that it does not know, and the pod would never be ready
        assert next(header["value"] for header in probe["httpHeaders"] if header["name"] == "Host") in hosts


def test_a_pod_has_more_patience_than_its_program(objects: list[Object]) -> None:
    for item in of_kind(objects, *SERVERS):
        pod = item["spec"]["template"]["spec"]
        env = {each["name"]: each.get("value") for each in pod["containers"][0]["env"]}
        assert pod["terminationGracePeriodSeconds"] > int(env.get("WEB_DRAIN_S", "60")) + 10 + 30


# --- what must stay up
def test_what_runs_twice_has_a_disruption_budget_and_spreads_over_zones(objects: list[Object]) -> None:
    budgets = [item["spec"]["selector"]["matchLabels"] for item in of_kind(objects, "PodDisruptionBudget")]
    several = 0
    for item in of_kind(objects, *SERVERS):
        if item["metadata"]["name"] == "metrics":  # one: it only reads, and a gap of a minute is no loss
            continue
        several += 1
        template = item["spec"]["template"]
        assert any(selects(budget, template["metadata"]["labels"]) for budget in budgets), named(item)
        keys = {each["topologyKey"] for each in template["spec"]["topologySpreadConstraints"]}
        assert keys == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}, named(item)
    assert several >= 6


def test_two_schedulers_stand_ready_and_start_without_waiting_for_each_other(objects: list[Object]) -> None:
    (scheduler,) = of_kind(objects, "StatefulSet")
    assert scheduler["spec"]["replicas"] in (0, 2)  # one of them sends: tests/portal/config/test_beat.py
    assert scheduler["spec"]["podManagementPolicy"] == "Parallel"
    started = [each["args"] for _, each in containers(objects) if each.get("args") == ["scheduler"]]
    assert len(started) == 1


def test_every_queue_has_a_worker_that_scales_by_its_length(objects: list[Object]) -> None:
    queues = set(settings.CELERY_TASK_QUEUES)
    served = {
        each["value"]
        for _, container in containers(objects)
        for each in container.get("env", ())
        if each["name"] == "WORKER_QUEUES"
    }
    assert served == queues
    scaled = {
        item["spec"]["scaleTargetRef"]["name"]: item["spec"]["triggers"][0]["metadata"]["listName"]
        for item in of_kind(objects, "ScaledObject")
    }
    assert scaled == {f"worker-{queue}": queue for queue in queues}


def test_nothing_that_writes_runs_in_the_region_that_only_stands_ready() -> None:
    objects = overlay("eks-dr")
    counts = {named(item): item["spec"].get("replicas") for item in of_kind(objects, *SERVERS)}
    assert counts["StatefulSet scheduler"] == counts["Deployment relay"] == 0
    paused = [at(item, "metadata", "annotations", "autoscaling.keda.sh/paused-replicas") for item in
              of_kind(objects, "ScaledObject")]  # fmt: skip
    assert paused == ["0"] * len(settings.CELERY_TASK_QUEUES)
    assert of_kind(objects, "Job") == []
    assert all(item["spec"]["suspend"] for item in of_kind(objects, "CronJob"))


# --- who may talk to whom
def test_everything_that_is_not_named_is_forbidden_in_the_network(objects: list[Object]) -> None:
    policies = {item["metadata"]["name"]: item["spec"] for item in of_kind(objects, "NetworkPolicy")}
    assert policies["default-deny"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for name, policy in policies.items():
        for rule in [*policy.get("ingress", ()), *policy.get("egress", ())]:
            assert rule.get("ports"), f"{name}: all ports"
            assert rule.get("from") or rule.get("to"), f"{name}: everybody"
    assert at(policies["data"], "egress")[0]["to"] != [{"ipBlock": {"cidr": "192.0.2.0/32"}}]


def test_metrics_are_for_prometheus_alone(objects: list[Object]) -> None:
    for item in of_kind(objects, "Service"):
        assert all(port["targetPort"] != "metrics" for port in item["spec"].get("ports", ())), named(item)
    ports = {
        item["metadata"]["name"]: [port["port"] for rule in item["spec"]["ingress"] for port in rule["ports"]]
        for item in of_kind(objects, "NetworkPolicy")
        if "ingress" in item["spec"]
    }
    assert [name for name, found in ports.items() if 9464 in found] == ["metrics-from-prometheus"]


def test_the_mesh_is_strict_and_takes_only_who_is_named(objects: list[Object]) -> None:
    peers = of_kind(objects, "PeerAuthentication")
    assert [item["spec"] for item in peers] == [{"mtls": {"mode": "STRICT"}}]
    rules = {
        item["metadata"]["name"]: item.get("spec", {}) for item in of_kind(objects, "AuthorizationPolicy")
    }
    assert rules.pop("nobody") == {}
    for name, rule in rules.items():
        assert rule["action"] == "ALLOW", name
        for each in rule["rules"]:
            sources = [one["source"]["principals"] for one in each["from"]]
            assert sources, name
            assert all("*" not in principal for found in sources for principal in found), name


def test_prometheus_asks_in_the_mesh_and_no_port_is_exempt_from_it(objects: list[Object]) -> None:
    monitors = of_kind(objects, "PodMonitor")
    assert len(monitors) == 2
    for monitor in monitors:
        assert monitor["spec"]["scrapeClass"] == "mesh", named(monitor)
        assert all(each["scheme"] == "https" for each in monitor["spec"]["podMetricsEndpoints"])
    assert all("portLevelMtls" not in peer["spec"] for peer in of_kind(objects, "PeerAuthentication"))


def test_the_gateway_speaks_tls_1_3_only(objects: list[Object]) -> None:
    (gateway,) = of_kind(objects, "Gateway")
    for server in gateway["spec"]["servers"]:
        tls = server["tls"]
        assert tls.get("httpsRedirect") or tls["minProtocolVersion"] == "TLSV1_3"
    for balancer in of_kind(objects, "Ingress"):
        # CloudFront alone comes this way, and speaks no 1.3 to an origin (test_every_site.py)
        policy = balancer["metadata"]["annotations"]["alb.ingress.kubernetes.io/ssl-policy"]
        assert policy == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
        assert balancer["metadata"]["namespace"] == "istio-ingress"


# --- settings and secrets
def test_every_setting_that_is_named_is_one_of_the_product(objects: list[Object]) -> None:
    known = settings_of_the_product()
    given = set(settings_of_the_pods(objects)["data"])
    own = [each for _, each in containers(objects) if each["name"] == "caseway"]
    given |= {env["name"].removesuffix("_FILE") for each in own for env in each.get("env", ())}
    assert given - known == set()


def test_every_role_that_is_named_is_one_of_the_image(objects: list[Object]) -> None:
    own = [each["args"][0] for _, each in containers(objects) if each["name"] == "caseway" and "args" in each]
    assert set(own) <= set(role.ROLES)
    assert {"web", "worker", "scheduler", "relay", "metrics"} <= set(own)


def test_no_secret_stands_in_a_manifest(objects: list[Object]) -> None:
    assert of_kind(objects, "Secret") == []
    config = settings_of_the_pods(objects)
    telling = re.compile(r"KEY$|PASSWORD|SECRET|TOKEN|DATABASE_URL|REDIS_URL")
    assert [name for name in config["data"] if telling.search(name)] == []
    plain = [
        f"{name}: {env['name']}"
        for name, each in containers(objects)
        for env in each.get("env", ())
        if telling.search(env["name"]) and not env["name"].endswith(("_FILE", "_FOLDER"))
    ]
    assert plain == []


def test_every_secret_file_is_filled_from_the_store(objects: list[Object]) -> None:
    kept = {
        item["spec"]["target"]["name"]: {each["secretKey"] for each in item["spec"].get("data", ())}
        for item in of_kind(objects, "ExternalSecret")
    }
    for name, template in pods(objects):
        volumes = [volume for volume in template["spec"].get("volumes", ()) if "secret" in volume]
        mounted = {volume["name"]: volume["secret"]["secretName"] for volume in volumes}
        for container in template["spec"]["containers"]:
            files = [
                env["value"] for env in container.get("env", ()) if str(env.get("value")).startswith("/etc/")
            ]
            places = {
                each["mountPath"]: mounted.get(each["name"]) for each in container.get("volumeMounts", ())
            }
            assert all(places[folder] in kept for folder in files if folder in places)
            for file in (file for file in files if file not in places):
                folder, _, key = file.rpartition("/")
                assert key in kept[places[folder]], f"{name}: {file}"
    assert {item["spec"]["secretStoreRef"]["name"] for item in of_kind(objects, "ExternalSecret")} == {
        item["metadata"]["name"] for item in of_kind(objects, "SecretStore")
    }


def test_every_name_of_a_config_map_leads_to_one(objects: list[Object]) -> None:
    there = {item["metadata"]["name"] for item in of_kind(objects, "ConfigMap")}
    asked = {
        source["configMapRef"]["name"]
        for _, each in containers(objects)
        for source in each.get("envFrom", ())
    }
    mounted = [volume for _, pod in pods(objects) for volume in pod["spec"].get("volumes", ())]
    asked |= {volume["configMap"]["name"] for volume in mounted if "configMap" in volume}
    assert asked == there


def settings_of_the_pods(objects: list[Object]) -> Object:
    """The one that every program of ours reads."""
    (config,) = [
        item for item in of_kind(objects, "ConfigMap") if item["metadata"]["name"].startswith("caseway-")
    ]
    return config


def test_behind_the_pooler_every_program_is_told_so() -> None:
    objects = overlay("onprem")
    assert settings_of_the_pods(objects)["data"]["DATABASE_POOLED"] == "true"
    (service,) = [item for item in of_kind(objects, "Service") if item["metadata"]["name"] == "pgbouncer"]
    (pooler,) = [item for item in of_kind(objects, "Deployment") if item["metadata"]["name"] == "pgbouncer"]
    assert selects(service["spec"]["selector"], pooler["spec"]["template"]["metadata"]["labels"])


def test_documents_on_the_network_storage_are_only_written_to_a_mount() -> None:
    config = settings_of_the_pods(overlay("onprem"))
    assert config["data"]["NAS_MUST_BE_MOUNTED"] == "true"
    for name, each in containers(overlay("onprem")):
        if each["name"] == "caseway" and each.get("args"):
            mounts = {mount["mountPath"] for mount in each["volumeMounts"]}
            assert config["data"]["NAS_FOLDER"] in mounts, name
