"""The departments and people of the demonstration; loading them again changes nothing."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from engine.departments.access import grant_role, roles_of
from engine.departments.models import Department, User
from engine.departments.roles import Role
from workflows.demonstration import files
from workflows.demonstration.files import Person


@transaction.atomic
def load_departments() -> dict[str, Department]:
    """The departments by key."""
    found = {}
    for key, columns in files.departments().items():
        found[key] = Department.objects.filter(key=key).first() or Department.objects.create(
            key=key, **columns
        )
    return found


@transaction.atomic
def load_people() -> dict[str, User]:
    """The people by e-mail address, each with their roles."""
    secret = make_password(files.password())  # hashed once: a strong hash for each would take a while
    people = {person.email: _person(person, secret) for person in [*files.staff(), *files.citizens()]}
    by_key = {department.key: department for department in Department.objects.all()}
    for person in files.staff():
        department, user = by_key[person.department], people[person.email]
        for role in {Role(name) for name in person.roles} - roles_of(user, department):
            grant_role(user, role, department)
    return people


def _person(person: Person, secret: str) -> User:
    user, made = User.objects.get_or_create(
        email=person.email,
        defaults={"name": person.name, "language": person.language, "password": secret},
    )
    if made:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def has_demonstration_password(user: User) -> bool:
    """Whether somebody still has the password that everybody can read in the fixtures."""
    return check_password(files.password(), user.password)
