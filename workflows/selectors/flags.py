"""The flags of cases: which there are, which are set, and what they are called."""

from collections.abc import Iterable, Sequence

from engine.core.text import Text
from engine.departments.models import Department
from workflows.models import Case, CaseFlag, DepartmentFlag
from workflows.selectors.versions import package_of

Labels = dict[str, str]  # what a flag is called, by its key


def offered_flags(case: Case, language: str = "en") -> Labels:
    """The flags that can be set on a case: those of its service, then those of its department."""
    return flags_of_services([case.version_id], language) | flags_of_departments(
        [case.department_id], language
    )


def flags_on(case: Case, language: str = "en") -> Labels:
    """The flags that are set on a case, in the order in which they were set."""
    keys = list(CaseFlag.objects.filter(case=case).order_by("at", "pk").values_list("key", flat=True))
    if not keys:
        return {}
    own = flags_of_departments([case.department_id], language, retired=True)
    return dict(zip(keys, labels_of(case.version_id, keys, own, language), strict=True))


def labels_of(version_id: int, keys: Sequence[str], own: Labels, language: str) -> list[str]:
    """What flags are called on a case of this version; `own` are those of its department."""
    if not keys:
        return []
    known = {flag.key: flag.label.in_(language) for flag in package_of(version_id).flags} | own
    return [known.get(key, key) for key in keys]


def flags_of_departments(departments: Iterable[int], language: str, *, retired: bool = False) -> Labels:
    """The flags that departments have named; with `retired` also those that are offered no more."""
    found = DepartmentFlag.objects.filter(department__in=list(departments)).order_by("pk")
    if not retired:
        found = found.filter(retired_at=None)
    return {flag.key: Text(flag.label).in_(language) for flag in found}


def flags_of_services(versions: Iterable[int], language: str) -> Labels:
    """The flags that versions of services have named."""
    return {flag.key: flag.label.in_(language) for key in versions for flag in package_of(key).flags}


def own_flags(department: Department) -> list[DepartmentFlag]:
    """The flags that a department offers, for who administers it."""
    return list(DepartmentFlag.objects.filter(department=department, retired_at=None).order_by("pk"))
