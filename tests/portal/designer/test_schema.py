"""The published schema of a service package."""

import jsonschema
import pytest
import yaml
from django.test import Client

from workflows.demonstration import files


def test_the_schema_accepts_every_package_of_the_demonstration(client: Client) -> None:
    schema = client.get("/manage/package.schema.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    for _, text in files.packages():
        jsonschema.validate(yaml.safe_load(text), schema)


def test_the_schema_refuses_a_package_without_a_workflow(client: Client) -> None:
    schema = client.get("/manage/package.schema.json").json()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": 1, "key": "x"}, schema)
