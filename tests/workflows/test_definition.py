"""The service package as a department writes it."""

from engine.core.problems import Problems
from workflows.definition import ServicePackage, fingerprint, package_schema, parse_package


def test_a_package_is_written_back_as_it_was_read(package):
    assert ServicePackage.model_validate(package).written() == package


def test_the_words_of_the_format_are_those_of_yaml(package):
    written = ServicePackage.model_validate(package).written()
    nodes = {node["key"]: node for node in written["workflow"]["nodes"]}
    assert nodes["approve"]["return"] == "correct"
    assert nodes["pause"]["for"] == {"days": 1}


def test_what_is_no_package_is_said_so():
    for document in (None, [], "text", 7):
        problems = Problems()
        assert parse_package(document, problems) is None
        assert [problem.code for problem in problems] == ["not_a_package"]


def test_another_format_is_refused(package):
    problems = Problems()
    package["format"] = 2
    assert parse_package(package, problems) is None
    assert [problem.where for problem in problems] == ["format"]


def test_the_fingerprint_does_not_depend_on_the_order_of_words(package):
    assert fingerprint(package) == fingerprint(dict(reversed(package.items())))
    assert fingerprint(package) != fingerprint({**package, "key": "other"})


def test_the_schema_has_every_step_type():
    schema = package_schema()
    mapping = schema["$defs"]["Workflow"]["properties"]["nodes"]["items"]["discriminator"]["mapping"]
    assert {"start", "user_task", "approval", "end", "wait", "deadline", "decision"} <= set(mapping)
