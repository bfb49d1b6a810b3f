"""The people of a walk: an applicant, and a few for each role; they exist as long as the walk does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.departments.access import grant_role
from engine.departments.models import Department, Manager, User, WorkRole
from engine.departments.roles import Role
from workflows.definition import ServicePackage
from workflows.roles import RIGHT_FOR
from workflows.services.package_roles import own_roles

EACH = 5  # as many as the largest approval of an ordinary committee
APPLICANT = "applicant"
NAMES = (
    "Leila Haddad", "Karim Bello", "Ines Rocha", "Noor Aziz", "Ravi Menon", "Zoë Lindqvist", "Tomas Lim",
    "Amara Okafor", "Émile Laurent", "Sara Vega", "Juno Park", "Omar Farah", "Mina Sato", "Pavel Novak",
    "Elin Berg", "Hana Kim", "Luca Moretti", "Dina Nasser", "Oskar Lund", "Yara Saleh",
)  # fmt: skip


@dataclass
class Cast:
    """Who plays: people by their part, such as "applicant" or "clerk-2", and the parts of each role."""

    people: dict[str, User] = field(default_factory=dict)
    roles: dict[str, list[str]] = field(default_factory=dict)

    @property
    def applicant(self) -> User:
        """Who applies."""
        return self.people[APPLICANT]

    def part_of(self, user_id: int | None) -> str:
        """The part of a person; empty for nobody and for people who do not play."""
        return next((part for part, user in self.people.items() if user.pk == user_id), "")

    def who(self, asked: str) -> list[User]:
        """The people meant by a part or a role; everybody but the applicant when nothing is said."""
        if asked in self.people:
            return [self.people[asked]]
        parts = self.roles.get(asked, []) if asked else [part for part in self.people if part != APPLICANT]
        return [self.people[part] for part in parts]


def assemble(packages: Sequence[ServicePackage], department: Department, token: str) -> Cast:
    """Make the people that a walk through the first package, which calls the others, can need."""
    cast = Cast()
    _join(cast, APPLICANT, token)
    if packages[0].audience == "staff":
        grant_role(cast.applicant, Role.CLERK, department)
    for role in dict.fromkeys(role for package in packages for role in roles_of(package)):
        cast.roles[role] = [f"{role}-{number}" for number in range(1, EACH + 1)]
        for part in cast.roles[role]:
            grant_role(_join(cast, part, token), _role(packages, role, department), department)
    lead = next(iter(cast.who(Role.SUPERVISOR.value)), None)
    if lead is not None:
        Manager.objects.create(department=department, person=cast.applicant, manager=lead)
    return cast


def roles_of(package: ServicePackage) -> list[str]:
    """The roles that the steps of a package name, in the order in which they come up."""
    named = (role for options in package.workflow.nodes for role in package.staff_roles(options))
    return list(dict.fromkeys(named))


def _role(packages: Sequence[ServicePackage], role: str, department: Department) -> Role | WorkRole:
    """A role of the product, or one that a package makes."""
    if role in RIGHT_FOR:
        return Role(role)
    titles = {key: title for package in reversed(packages) for key, title in own_roles(package).items()}
    title = titles.get(role, {"en": role})
    return WorkRole.objects.get_or_create(department=department, key=role, defaults={"title": title})[0]


def _join(cast: Cast, part: str, token: str) -> User:
    name = NAMES[len(cast.people) % len(NAMES)]
    user = User.objects.create_user(f"{part}@{token}.invalid", name=name)
    cast.people[part] = user
    return user
