"""Who leads whom."""

import pytest

from engine.audit.people import NotAMember, set_manager
from engine.departments.access import AccessRefused
from engine.departments.managers import ManagersInACircle, manager_of, managers_in, put_manager
from engine.departments.models import Department, User

pytestmark = pytest.mark.django_db


def test_each_department_has_its_own_managers(
    licensing: Department, registry: Department, clerk: User, supervisor: User
) -> None:
    put_manager(clerk, supervisor, licensing)
    assert manager_of(clerk, licensing.pk) == supervisor
    assert manager_of(clerk, registry.pk) is None
    assert managers_in(licensing) == {clerk.pk: supervisor}


def test_who_may_not_sign_in_any_more_leads_nobody(
    licensing: Department, clerk: User, supervisor: User
) -> None:
    put_manager(clerk, supervisor, licensing)
    User.objects.filter(pk=supervisor.pk).update(is_active=False)
    assert manager_of(clerk, licensing.pk) is None


def test_a_circle_is_refused(
    licensing: Department, clerk: User, second_clerk: User, supervisor: User
) -> None:
    put_manager(clerk, second_clerk, licensing)
    put_manager(second_clerk, supervisor, licensing)
    for manager in (clerk, second_clerk):
        with pytest.raises(ManagersInACircle):
            put_manager(supervisor if manager == clerk else clerk, clerk, licensing)
    put_manager(clerk, supervisor, licensing)  # a change of one's own line is none


def test_only_the_administrator_of_the_department_names_managers_of_its_members(
    licensing: Department, clerk: User, supervisor: User, administrator: User, foreign_clerk: User
) -> None:
    for stranger in (supervisor, foreign_clerk):
        with pytest.raises(AccessRefused):
            set_manager(clerk, supervisor, licensing, by=stranger)
    with pytest.raises(NotAMember):
        set_manager(clerk, foreign_clerk, licensing, by=administrator)
    set_manager(clerk, supervisor, licensing, by=administrator)
    assert manager_of(clerk, licensing.pk) == supervisor
