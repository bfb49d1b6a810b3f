"""People and departments."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from engine.departments.models import Department, User


def test_an_address_is_kept_and_found_in_lower_case(db: None) -> None:
    user = User.objects.create_user("Ada.Lovelace@Example.ORG", "a long and quiet river", name="Ada")
    assert user.email == "ada.lovelace@example.org"
    assert User.objects.get(email="ADA.lovelace@example.org") == user
    assert User.objects.get_by_natural_key("Ada.Lovelace@example.org") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ADA.LOVELACE@EXAMPLE.ORG")
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_a_person_is_found_by_number_as_by_anything_else(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada = User.objects.create_user("ada@example.org", name="Ada")
    with django_assert_num_queries(1):
        found = User.objects.get(pk=ada.pk)
    names = [field.attname for field in User._meta.concrete_fields]
    asked = User.objects.filter(pk=ada.pk).get()
    assert [getattr(found, name) for name in names] == [getattr(asked, name) for name in names]
    assert (found, found._state.adding, found._state.db) == (ada, False, "default")
    for nobody in (0, -1, ada.pk + 1, 2**63, 2**80):
        with pytest.raises(User.DoesNotExist):
            User.objects.get(pk=nobody)
    with pytest.raises(ValueError, match="number"):
        User.objects.get(pk="ada")


def test_a_relation_finds_only_its_own_people_by_number(db: None) -> None:
    ada, ben = (User.objects.create_user(f"{name}@example.org") for name in ("ada", "ben"))
    group = Group.objects.create(name="clerks")
    group.user_set.add(ada)
    assert group.user_set.get(pk=ada.pk) == ada
    with pytest.raises(User.DoesNotExist):
        group.user_set.get(pk=ben.pk)


def test_a_person_without_a_name_is_called_by_the_address(db: None) -> None:
    assert str(User(email="a@example.org")) == "a@example.org"
    assert User(email="a@example.org", name="Ada").get_full_name() == "Ada"


def test_a_superuser_may_reach_the_workbench(db: None) -> None:
    root = User.objects.create_superuser("root@example.org", None, name="Root")
    assert (root.is_staff, root.is_superuser, root.has_usable_password()) == (True, True, False)


def test_a_department_has_its_name_in_each_language(licensing: Department) -> None:
    assert licensing.name("fr") == "Service des licences"
    assert licensing.name("fr-CA") == "Service des licences"
    assert licensing.name("hi") == "Licensing Department"
    assert licensing.text("opening_hours", "en") == ""
    assert str(licensing) == "Licensing Department"


def test_a_name_falls_back_to_the_first_language_of_the_department(db: None) -> None:
    department = Department(key="x", title={"en": "Licences", "fr": "Les licences"}, languages=["fr", "en"])
    assert department.name("ar") == "Les licences"


@pytest.mark.parametrize(
    "column, value",
    [
        ("title", {}), ("title", {"klingon!": "x"}), ("title", 3), ("title", [1]),
        ("languages", []), ("languages", "en"), ("languages", ["en", "en"]), ("languages", [3]),
        ("languages", {"en": 1}),
        ("time_zone", "Mars/Base"), ("time_zone", "../etc/passwd"), ("time_zone", ""),
        ("week", {}), ("week", {"0": []}), ("week", {"9": [["08:00", "16:00"]]}), ("week", "x"),
        ("week", [1]),
        ("week", {"0": [["16:00", "08:00"]]}), ("week", {"0": [["08:00"]]}), ("week", {"0": 5}),
        ("week", {"x": [["08:00", "16:00"]]}),
        ("week", {"0": [["08:00", "12:00"], ["11:00", "16:00"]]}),
        ("holiday_country", "Atlantis"), ("holiday_country", "DE-XX"),
        ("own_days", ["soon"]), ("own_days", 5), ("own_days", [{"day": "soon"}]),
            ("own_days", [{"name": "x"}]), ("own_days", [{"day": "2026-12-24", "hours": []}]),
            ("own_days", [{"day": "2026-12-24", "name": 5}]),
            ("own_days", [{"day": "2026-12-24", "open": [["16:00", "08:00"]]}]),
            ("own_days", [{"day": "2026-12-24"}, {"day": "2026-12-24"}]),
        ("brand", "blue"), ("tint", "#12345"), ("line", ""), ("icon", "<svg>"), ("document_store", "tape"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(licensing: Department, column: str, value: object) -> None:
    setattr(licensing, column, value)
    with pytest.raises(ValidationError) as refused:
        licensing.save()
    assert column in refused.value.message_dict


def test_colours_that_can_not_be_read_are_refused_when_saved(licensing: Department) -> None:
    licensing.brand = "#f0c000"
    with pytest.raises(ValidationError, match="The nearest colour that passes is #"):
        licensing.save()
    licensing.refresh_from_db()
    assert licensing.brand == "#17405c"
