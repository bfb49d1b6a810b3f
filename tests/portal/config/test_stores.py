"""The stores as the environment names them."""

from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.config.stores import configured, only_store


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


def test_a_store_that_does_not_exist_is_refused_at_the_start() -> None:
    assert [only_store(given()), only_store(given(DOCUMENTS_ONLY_TO="s3"))] == ["", "s3"]
    with pytest.raises(ImproperlyConfigured, match="DOCUMENTS_ONLY_TO"):
        only_store(given(DOCUMENTS_ONLY_TO="tape"))
