"""The roles that a package makes in its department."""

from __future__ import annotations

from workflows.definition import ServicePackage


def own_roles(package: ServicePackage) -> dict[str, dict[str, str]]:
    """The roles of staff that the package makes, with their titles."""
    return {key: dict(role.title.root) for key, role in package.roles.items() if role.who == "staff"}
