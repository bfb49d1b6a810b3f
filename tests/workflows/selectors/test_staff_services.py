"""What staff can ask their own departments for."""

import pytest

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from workflows.models import Service
from workflows.selectors.staff_services import staff_services

pytestmark = pytest.mark.django_db


def test_only_services_for_staff_of_departments_where_one_may_apply(
    purchase: Service, licence: Service, works: Department, clerk: User
) -> None:
    assert staff_services(clerk, language="en") == []
    grant_role(clerk, Role.CLERK, works)
    (group,) = staff_services(clerk, language="fr")
    assert (group.name, [line.title for line in group.services]) == ("Travaux publics", ["Demander un achat"])
    assert group.services[0].path == "/apply/works/purchase-approval/"


def test_a_closed_service_is_not_offered(purchase: Service, works: Department, clerk: User) -> None:
    grant_role(clerk, Role.CLERK, works)
    purchase.archived_at = purchase.current.published_at
    purchase.save(update_fields=["archived_at"])
    assert staff_services(clerk, language="en") == []
