"""Everything that can stand in the way of moving a case is said in a sentence, in every language."""

import pytest
from django.utils import translation

from portal.designer.move_words import _patterns, refused, told
from tests.workflows.conftest import PACKAGE, publish  # noqa: F401
from workflows.moving.reasons import BLOCKING, NEEDS
from workflows.selectors.versions import version_of
from workflows.services.moving_versions import SENTENCES, MoveRefused

WORDS = {
    "step": "check",
    "to": "approve",
    "field": "trade",
    "page": "stall",
    "name": "x",
    "settings": "due role",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_reason_is_a_sentence(language, publish):  # noqa: F811
    version = version_of(publish(PACKAGE).pk)
    with translation.override(language):
        said = {code: told({"code": code, **WORDS}, version, version) for code in BLOCKING | NEEDS}
        assert all(said.values()), said
        assert "{" not in "".join(told({"code": code, **WORDS}, version, version) for code in _patterns())
        assert len({refused(MoveRefused(code)) for code in SENTENCES}) == len(SENTENCES)
        assert "check" not in said["gone"].lower() or "Check" in said["gone"]
