"""Under which path each page of a form is written for XGov."""

from itertools import count

from forms_library.definition import Form


def page_paths(form: Form) -> dict[str, str]:
    """The path of each page, by its key: the one it had there, otherwise its key; no path is given twice."""
    found: dict[str, str] = {}
    for page in form.pages:
        if page.origin and page.origin.startswith("/") and page.origin not in found.values():
            found[page.key] = page.origin
    for page in form.pages:
        if page.key not in found:
            names = (f"/{page.key}" if number == 1 else f"/{page.key}-{number}" for number in count(1))
            found[page.key] = next(name for name in names if name not in found.values())
    return found
