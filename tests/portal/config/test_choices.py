"""Settings that take one of a few words."""

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.config.choices import one_of


def test_the_first_word_is_taken_where_none_is_given_and_another_one_is_refused() -> None:
    env = environ.FileAwareEnv()
    env.ENVIRON = {"SITE_MODE": "read-only", "STORE": "tape"}
    assert one_of(env, "SITE_MODE", "normal", "read-only") == "read-only"
    assert one_of(env, "NOT_GIVEN", "normal", "read-only") == "normal"
    with pytest.raises(ImproperlyConfigured, match='STORE must be one of "", "nas"'):
        one_of(env, "STORE", "", "nas")
