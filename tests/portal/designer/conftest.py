"""A small package to import, and the people who design and publish."""

import pytest

from tests.chromium import browse, chromium  # noqa: F401  fixtures

PACKAGE = """
format: 1
key: dog-licence
title: Register a dog
summary: For everybody who keeps a dog.
audience: citizen
languages: [en]
reference_prefix: DOG
forms:
  application:
    title: Register a dog
    pages:
      - key: dog
        title: Your dog
        fields:
          - {key: dog_name, type: short_text, label: Name of the dog, data_class: public}
workflow:
  decide_within: {working_days: 5}
  start: applied
  nodes:
    - {key: applied, type: start, form: application, title: Applied, next: check}
    - key: check
      type: user_task
      title: Check
      role: clerk
      outcomes: [{key: accept, label: Accept, next: done}]
    - {key: done, type: end, outcome: approved, title: Registered}
"""


@pytest.fixture
def package() -> str:
    """The text of a package without problems."""
    return PACKAGE
