"""People who sign in."""

import uuid
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import connection, models
from django.utils import timezone

DEPARTMENTS = "departments.invalid"  # no address of this kind exists (RFC 2606)
LARGEST = 2**63 - 1  # of the numbers that the database counts with


class AddressField(models.EmailField):  # type: ignore[type-arg]  # not generic at run time
    """An e-mail address, lower case in the database and in every lookup."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found.strip().lower() if isinstance(found, str) else found

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class UserManager(BaseUserManager["User"]):
    """Makes people; the address is their name at the door."""

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """One person; found by number alone by a statement that is put together once.

        Every request of somebody who is signed in asks so. The managers of relations inherit from this
        one and know some of the people only: they ask as ever.
        """
        if type(self) is UserManager and not args and set(kwargs) == {"pk"}:
            number = kwargs["pk"]
            if type(number) is int and 0 < number <= LARGEST:
                return self._numbered(number)
        return super().get(*args, **kwargs)

    def _numbered(self, number: int) -> "User":
        names, sql = _by_number()
        with connection.cursor() as cursor:
            cursor.execute(sql, [number])
            row = cursor.fetchone()
        if row is None:
            raise self.model.DoesNotExist("User matching query does not exist.")
        return self.model.from_db("default", names, row)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add a person; without a password they must sign in another way."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add someone who runs the installation; this gives no right in any department."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: citizen, staff, or both."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = AddressField("e-mail address", unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=35, default="en")
    is_staff = models.BooleanField("may reach the workbench", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def get_full_name(self) -> str:
        """The name as the person wrote it; the address where they gave none."""
        return self.name or self.email

    get_short_name = get_full_name

    @property
    def is_department(self) -> bool:
        """Whether this stands for a department itself, in cases that nobody applied for."""
        return bool(self.email.endswith(f"@{DEPARTMENTS}"))

    def __str__(self) -> str:
        return self.get_full_name()


@cache
def _by_number() -> tuple[list[str], str]:
    """The columns of a person and the statement that reads them; none of them is converted."""
    fields = [field.attname for field in User._meta.concrete_fields]
    sql, _values = User.objects.filter(pk=0).query.sql_with_params()
    return fields, sql
