"""The line of a case in the queue."""

from forms_library.review import field_text
from workflows.selectors.versions import Version

LONGEST = 300


def summaries_of(version: Version, answers: dict[str, object]) -> tuple[str, dict[str, str]]:
    """The line of a case in the queue, from the answers that the package names for it.

    First in the language of the service, then by language where another reader sees other words: choices have
    a text in each language, what the applicant typed stays as it is.
    """
    first, *others = version.package.languages
    line = _line(version, answers, first)
    found = {language: _line(version, answers, language) for language in others}
    return line, {language: text for language, text in found.items() if text != line}


def _line(version: Version, answers: dict[str, object], language: str) -> str:
    texts = [field_text(version.start_form, key, answers, language) for key in version.package.summary_fields]
    line = ", ".join(" ".join(text.split()) for text in texts if text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
