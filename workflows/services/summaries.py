"""The line of a case in the queue."""

from forms_library.review import field_text
from workflows.selectors.versions import Version

LONGEST = 300


def summary_of(version: Version, answers: dict[str, object]) -> str:
    """The line of a case in the queue, from the answers that the package names for it."""
    language = version.package.languages[0]
    texts = [field_text(version.start_form, key, answers, language) for key in version.package.summary_fields]
    line = ", ".join(" ".join(text.split()) for text in texts if text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
