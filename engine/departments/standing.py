"""A department itself as a party: in cases that a calendar or another case opened, where nobody applied."""

from engine.departments.models import Department, User
from engine.departments.models.person import DEPARTMENTS


def account_of(department: Department) -> User:
    """Who stands for the department: nobody can sign in with it, and letters to it are not written."""
    language = department.languages[0]
    account, is_new = User.objects.get_or_create(
        email=f"{department.key}@{DEPARTMENTS}",
        defaults={"name": department.name(language), "language": language, "is_active": False},
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account
