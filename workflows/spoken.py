"""Our own letters about a case are wholly in one language: the applicant's, or the nearest of ours."""

from engine.departments.models import Department
from engine.departments.spoken import frame_for
from workflows.selectors.versions import package_of


def letter_language(language: str, department: Department, version_id: int) -> str:
    """The language of a letter that no definition has a text for."""
    return frame_for(language, department, package_of(version_id).languages)
