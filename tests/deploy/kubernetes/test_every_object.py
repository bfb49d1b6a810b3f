"""Every object of every overlay is what its schema says, to the letter."""

from __future__ import annotations

import copy

import jsonschema
import pytest

from tests.deploy.kubernetes.rendering import OVERLAYS, Object, is_built_in, named, overlay, render, schema_of

VERSION = "1.32"
FOLDERS = [*(f"overlays/{name}" for name in OVERLAYS), "argocd", "signatures"]
checker = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")


def problems(item: Object) -> list[str]:
    schema = schema_of(item)
    if schema is not None:
        found = jsonschema.Draft7Validator(schema).iter_errors(item)
        return [f"{named(item)}: {'.'.join(map(str, each.path))}: {each.message[:200]}" for each in found]
    try:
        checker.validate(item, VERSION, strict=True)
    except (checker.ValidationError, checker.SchemaNotFoundError, checker.InvalidSchemaError) as error:
        return [f"{named(item)}: {error}"]
    return []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_object_follows_its_schema(folder: str) -> None:
    # what is built in comes first: it is checked also where the other schemas are absent
    items = sorted(render(folder), key=is_built_in, reverse=True)
    assert [problem for item in items for problem in problems(item)] == []


@pytest.mark.parametrize(
    ("kind", "path", "typo"),
    [
        ("Deployment", ("spec", "template", "spec"), "containerz"),
        ("Rollout", ("spec", "strategy", "blueGreen"), "autoPromotionEnable"),
        ("PeerAuthentication", ("spec",), "mtlz"),
        ("ExternalSecret", ("spec",), "refreshIntervall"),
        ("NetworkPolicy", ("spec",), "egres"),
        ("PodMonitor", ("spec",), "scrapeClas"),
    ],
)
def test_a_word_that_the_schema_does_not_know_is_found(kind: str, path: tuple[str, ...], typo: str) -> None:
    item = copy.deepcopy(next(found for found in overlay("eks") if found["kind"] == kind))
    place = item
    for step in path:
        place = place[step]
    place[typo] = True  # type: ignore[index]
    assert problems(item) != []


def test_a_kind_without_a_schema_is_found() -> None:
    unknown = {"apiVersion": "example.org/v1", "kind": "Wonder", "metadata": {"name": "x"}}
    with pytest.raises(AssertionError, match="a kind without a schema"):
        problems(unknown)


def test_no_object_stands_twice() -> None:
    for folder in FOLDERS:
        places = [
            (item["apiVersion"], item["kind"], item["metadata"].get("namespace"), item["metadata"]["name"])
            for item in render(folder)
        ]
        assert len(places) == len(set(places))
