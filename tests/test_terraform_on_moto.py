"""Both sites applied to a cloud that is pretended (moto), and asked by boto3 what stands there.

Left out is what moto does not hold: the line to the site, Redis, add-ons and entries of EKS, and what a plan
of backups selects.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.test_terraform import TERRAFORM, mirror, needs_terraform, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), needs_terraform]
ACCOUNT = "123456789012"  # moto's own
PRIMARY, READY = "eu-central-1", "eu-west-1"
NAMES = (
    *("acm", "backup", "cloudfront", "cloudwatch", "ec2", "ecr", "efs", "eks", "iam", "kms", "logs"),
    *("rds", "route53", "s3", "secretsmanager", "sns", "sts", "wafv2"),
)
CLUSTER = tuple(
    f"module.eks.{name}"
    for name in ("aws_eks_node_group.this", "aws_efs_mount_target.media", "aws_iam_role_policy.documents")
)
HELD = {
    "primary": (
        *(
            "aws_kms_key.this",
            "aws_kms_key.copy",
            "module.network",
            "module.documents",
            "module.replica",
            *CLUSTER,
        ),
        *("module.rds", "module.secrets", "module.observability", "module.edge", "module.ci"),
        *("module.dr.aws_backup_plan.this", "module.dr.aws_backup_vault_lock_configuration.this"),
        "module.dr.aws_backup_vault_lock_configuration.copy",
    ),
    "dr": ("module.network", *CLUSTER, "module.rds", "module.secrets", "module.observability"),
}
ALIASES = {"primary": ("", "other", "global"), "dr": ("",)}
NO_NETWORKS = 'resource "aws_db_instance" "this" {\n  db_subnet_group_name = null\n}\n'
NAMED = {
    "administrator_role_arn": f"arn:aws:iam::{ACCOUNT}:role/administrators",
    "pagerduty_endpoint": "https://events.pagerduty.example/x",
}


@dataclass(frozen=True)
class Cloud:
    """Where the pretended cloud answers."""

    address: str

    def ask(self, service: str, region: str = PRIMARY) -> Any:
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(service, region_name=region, endpoint_url=self.address, **keys)  # type: ignore[call-overload]


def pretended(tmp_path: Path) -> tuple[Cloud, subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (tmp_path / "moto.log").open("wb") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    for _ in range(120):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return Cloud(f"http://127.0.0.1:{port}"), server
        time.sleep(0.5)
    server.kill()
    raise AssertionError("moto did not start within a minute")


def provider(alias: str, address: str) -> str:
    lines = [f'alias = "{alias}"'] if alias else []
    lines += ['access_key = "test"', 'secret_key = "test"', "s3_use_path_style = true"]
    lines += ["skip_credentials_validation = true", "skip_metadata_api_check = true"]
    lines += ["endpoints {", *(f'{name} = "{address}"' for name in NAMES), "}"]
    return "\n".join(['provider "aws" {', *lines, "}"])


def applied(folder: Path, site: str, cloud: Cloud, values: dict[str, Any]) -> dict[str, Any]:
    """Applies one site and gives its outputs."""
    place = folder / "live" / site
    override = ['terraform {\nbackend "local" {}\n}']
    override += [provider(alias, cloud.address) for alias in ALIASES[site]]
    (place / "moto_override.tf").write_text("\n".join(override))
    (place / "terraform.tfvars.json").write_text(json.dumps({**NAMED, **values}))
    begun = run(place, "init", "-input=false", "-no-color", f"-plugin-dir={mirror()}")
    assert begun.returncode == 0, begun.stderr[-3000:]
    targets = [f"-target={name}" for name in HELD[site]]
    done = run(place, "apply", "-auto-approve", "-input=false", "-no-color", *targets, timeout=560)
    assert done.returncode == 0, (done.stdout[-1000:] + done.stderr)[-6000:]
    shown = json.loads(run(place, "output", "-json").stdout)
    return {name: found["value"] for name, found in shown.items()}


def of_the_primary(zone: str) -> dict[str, Any]:
    balancer = {"zone_id": "Z2", "dns_name": "a.elb.amazonaws.com"}
    return {
        "account": ACCOUNT,
        "dx_connection_id": "dxcon-1",
        "site_address": "203.0.113.10",
        "repository": "example-gov/caseway",
        "zone_id": zone,
        "certificate_arn": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/1",
        "balancers": {
            "primary": balancer,
            "dr": balancer,
        },
    }


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    if mirror() is None:
        pytest.skip("no folder on this machine holds the AWS provider (TF_MIRROR names one)")
    folder = tmp_path_factory.mktemp("cloud")
    shutil.copytree(TERRAFORM, folder / "terraform", ignore=shutil.ignore_patterns(".terraform*"))
    found, server = pretended(folder)
    try:
        route53 = found.ask("route53")
        zone = route53.create_hosted_zone(Name="services.example.gov.", CallerReference="1")["HostedZone"][
            "Id"
        ]
        made = applied(folder / "terraform", "primary", found, of_the_primary(zone.rpartition("/")[2]))
        handed = {
            "database_arn": made["database_arn"],
            "kms_key_arn": made["copy_kms_key_arn"],
            "documents_arn": made["copy_bucket_arn"],
            "secret_arns": made["secret_copy_arns"],
            "site_address": "203.0.113.10",
            "account": ACCOUNT,
            "boundary_arn": made["boundary_arn"],
        }
        # moto looks for the networks of a replica in the region of its source
        (folder / "terraform/modules/rds/moto_override.tf").write_text(NO_NETWORKS)
        applied(folder / "terraform", "dr", found, handed)
        yield found
    finally:
        server.terminate()
        server.wait()


def database(cloud: Cloud, region: str) -> Any:
    [found] = cloud.ask("rds", region).describe_db_instances()["DBInstances"]
    return found


def key(cloud: Cloud, region: str) -> str:
    [found] = [
        each["KeyArn"]
        for each in cloud.ask("kms", region).list_keys()["Keys"]
        if "Caseway"
        in cloud.ask("kms", region).describe_key(KeyId=each["KeyId"])["KeyMetadata"]["Description"]
    ]
    return str(found)


def test_the_database_has_two_zones_is_encrypted_and_private(cloud: Cloud) -> None:
    found = database(cloud, PRIMARY)
    assert found["MultiAZ"] is True
    assert (found["StorageEncrypted"], found["KmsKeyId"]) == (True, key(cloud, PRIMARY))
    assert found["PubliclyAccessible"] is False
    assert found["DeletionProtection"] is True
    assert found["BackupRetentionPeriod"] == 35


def test_the_other_region_holds_a_replica_under_its_own_key(cloud: Cloud) -> None:
    found = database(cloud, READY)
    assert found["ReadReplicaSourceDBInstanceIdentifier"].endswith("caseway")
    assert (found["StorageEncrypted"], found["KmsKeyId"]) == (True, key(cloud, READY))
    assert found["PubliclyAccessible"] is False


@pytest.mark.parametrize(
    ("bucket", "region"), [("caseway-documents-primary", PRIMARY), ("caseway-documents-dr", READY)]
)
def test_documents_keep_versions_are_locked_encrypted_and_private(
    cloud: Cloud, bucket: str, region: str
) -> None:
    s3 = cloud.ask("s3", region)
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] == region
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    lock = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
    assert lock["ObjectLockEnabled"] == "Enabled"
    assert lock["Rule"]["DefaultRetention"] | {"Years": 0} == {"Mode": "GOVERNANCE", "Days": 30, "Years": 0}
    [rule] = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": key(cloud, region),
    }
    assert set(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()) == {True}
    assert '"s3:TlsVersion":"1.3"' in s3.get_bucket_policy(Bucket=bucket)["Policy"].replace(" ", "")


@pytest.mark.parametrize(
    ("source", "target", "at", "to_region"),
    [("primary", "dr", PRIMARY, READY), ("dr", "primary", READY, PRIMARY)],
)
def test_documents_are_copied_to_the_other_region_within_a_promise_and_back_after_a_switch(
    source: str, target: str, at: str, to_region: str, cloud: Cloud
) -> None:
    found = cloud.ask("s3", at).get_bucket_replication(Bucket=f"caseway-documents-{source}")
    [rule] = found["ReplicationConfiguration"]["Rules"]
    to = rule["Destination"]
    assert rule["Status"] == "Enabled"
    assert to["Bucket"] == f"arn:aws:s3:::caseway-documents-{target}"
    assert to["EncryptionConfiguration"]["ReplicaKmsKeyID"] == key(cloud, to_region)
    assert (to["ReplicationTime"]["Time"], to["Metrics"]["Status"]) == ({"Minutes": 15}, "Enabled")


@pytest.mark.parametrize("region", [PRIMARY, READY])
def test_nodes_and_databases_lie_in_private_networks_over_three_zones(cloud: Cloud, region: str) -> None:
    ec2 = cloud.ask("ec2", region)
    [group] = cloud.ask("rds", region).describe_db_subnet_groups()["DBSubnetGroups"]
    isolated = [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
    [name] = cloud.ask("eks", region).list_clusters()["clusters"]
    cluster = cloud.ask("eks", region).describe_cluster(name=name)["cluster"]
    private = cluster["resourcesVpcConfig"]["subnetIds"]
    for subnets in (isolated, private):
        described = ec2.describe_subnets(SubnetIds=subnets)["Subnets"]
        assert len({subnet["AvailabilityZone"] for subnet in described}) == 3
        assert not any(subnet["MapPublicIpOnLaunch"] for subnet in described)
    ways = {subnet: routes_of(ec2, subnet) for subnet in (*isolated, *private)}
    assert all(routes == {"local"} for subnet, routes in ways.items() if subnet in isolated)
    assert all({way[:3] for way in ways[subnet] - {"local"}} <= {"nat", "vpc"} for subnet in private)
    assert cluster["resourcesVpcConfig"]["endpointPublicAccess"] is False
    assert cluster["encryptionConfig"][0]["provider"]["keyArn"] == key(cloud, region)


def routes_of(ec2: Any, subnet: str) -> set[str]:
    """Where the packets of a subnet may go."""
    tables = ec2.describe_route_tables(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])
    return {
        route.get("GatewayId") or route.get("NatGatewayId") or "elsewhere"
        for table in tables["RouteTables"]
        for route in table["Routes"]
    }


def test_both_sites_are_watched_and_the_name_goes_to_the_one_that_answers(cloud: Cloud) -> None:
    route53 = cloud.ask("route53")
    checks = {
        check["Id"]: check["HealthCheckConfig"] for check in route53.list_health_checks()["HealthChecks"]
    }
    assert {check["FullyQualifiedDomainName"] for check in checks.values()} == {
        "primary.services.example.gov",
        "dr.services.example.gov",
    }
    for check in checks.values():
        assert (check["Type"], check["ResourcePath"]) == ("HTTPS", "/readyz")
        assert check["RequestInterval"] * check["FailureThreshold"] <= 30
    [zone] = route53.list_hosted_zones()["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    watched = {record["Failover"]: record["HealthCheckId"] for record in records if "Failover" in record}
    assert set(watched) == {"PRIMARY", "SECONDARY"}
    assert checks[watched["PRIMARY"]]["FullyQualifiedDomainName"] == "primary.services.example.gov"
    assert checks[watched["SECONDARY"]]["FullyQualifiedDomainName"] == "dr.services.example.gov"


def test_keys_are_renewed_and_secrets_have_a_copy_but_no_value(cloud: Cloud) -> None:
    for region in (PRIMARY, READY):
        assert cloud.ask("kms", region).get_key_rotation_status(KeyId=key(cloud, region))[
            "KeyRotationEnabled"
        ]
    secrets = cloud.ask("secretsmanager")
    ours = {
        each["Name"] for each in secrets.list_secrets()["SecretList"] if each["Name"].startswith("caseway/")
    }
    shared, own = {"caseway/app", "caseway/calls"}, {"caseway/servers", "caseway/redis"}
    assert shared | own <= ours  # beside them the one that RDS keeps for itself
    for name in shared | own:
        described = secrets.describe_secret(SecretId=name)
        copies = [copy["Region"] for copy in described.get("ReplicationStatus", ())]
        assert copies == ([READY] if name in shared else [])
        assert not described.get("VersionIdsToStages")


def test_the_pipelines_hold_no_key_and_who_applies_stays_inside_the_boundary(cloud: Cloud) -> None:
    iam = cloud.ask("iam")
    trust = iam.get_role(RoleName="caseway-ci-apply")["Role"]
    assert trust["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith("policy/caseway-ci-boundary")
    condition = trust["AssumeRolePolicyDocument"]["Statement"][0]["Condition"]["StringEquals"]
    assert "repo:example-gov/caseway:environment:production" in condition.values()
    assert iam.list_users()["Users"] == []


def test_backups_lie_in_locked_vaults_in_both_regions(cloud: Cloud) -> None:
    [vault] = cloud.ask("backup").list_backup_vaults()["BackupVaultList"]
    [copy] = cloud.ask("backup", READY).list_backup_vaults()["BackupVaultList"]
    assert (vault["BackupVaultName"], copy["BackupVaultName"]) == ("caseway", "caseway-copy")
    assert vault["EncryptionKeyArn"] == key(cloud, PRIMARY)
    assert copy["EncryptionKeyArn"] == key(cloud, READY)
    assert (vault["Locked"], copy["Locked"]) == (True, True)
