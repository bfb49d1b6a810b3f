"""The way of a case as a picture and in words."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_picture_and_the_words_say_where_the_case_is(case: Case, clerk: User, sign_in: SignIn) -> None:
    page = sign_in(clerk).get(f"/work/cases/{case.reference}/diagram/?view=mine").content.decode()
    assert "<svg" in page
    assert 'style="' not in page
    assert page.count("The case is here") == 1
    assert "Accept, go to inspection: Food or workshop?" in page
    assert f"/work/cases/{case.reference}/?view=mine" in page
