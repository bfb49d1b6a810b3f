"""The stores as the environment names them."""

from pathlib import Path

import environ

from portal.config.stores import configured


def given(**values: str) -> environ.FileAwareEnv:
    env = environ.FileAwareEnv()
    env.ENVIRON = values
    return env


def test_every_store_lies_in_a_region_and_there_is_no_replica_unless_it_is_named() -> None:
    stores = configured(given(), Path("/data"))
    assert {name: store["region"] for name, store in stores.items()} == {
        "nas": "on-premises",
        "s3": "eu-central-1",
    }
    assert stores["nas"]["folder"] == "/data/documents"
    named = given(REPLICA_S3_BUCKET="copy", REPLICA_S3_REGION="eu-west-1", NAS_REGION="town-hall")
    stores = configured(named, Path("/data"))
    assert (stores["replica"]["bucket"], stores["replica"]["region"]) == ("copy", "eu-west-1")
    assert stores["nas"]["region"] == "town-hall"
