"""Keeping the files of a draft from their first byte, before anything else of the page is judged."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from forms_library.compiled import CompiledPage
from forms_library.rebasing import files_in
from forms_library.uploads import FileRefused, SentFile, Upload, UploadRules
from workflows.file_keeping import keep_file
from workflows.models import Draft


def keeper(draft: Draft, page: CompiledPage) -> Upload:
    """Stores files for the owner of this draft, as many and as large as one page may hold."""
    room = _Room(draft, page)

    def keep(file: SentFile, rules: UploadRules) -> Mapping[str, Any]:
        room.take(file, rules)
        return keep_file(file, rules, department=draft.department, owner=draft.owner)

    return keep


class _Room:
    """How many files and bytes the page may still take: what it holds counts, but not what is replaced."""

    def __init__(self, draft: Draft, page: CompiledPage) -> None:
        self.held = {
            asked.key: [int(file["size"]) for file in files_in(draft.answers.get(asked.key))]
            for asked in page.fields
        }

    def take(self, file: SentFile, rules: UploadRules) -> None:
        """Make room for one file; raises FileRefused when there is none."""
        held = self.held.setdefault(rules.field_key, [])
        if not rules.several:
            held.clear()
        sizes = [size for found in self.held.values() for size in found]
        if len(sizes) >= settings.PAGE_FILES or sum(sizes) + (file.size or 0) > settings.PAGE_UPLOAD_BYTES:
            raise FileRefused("too_many_files")
        held.append(file.size or 0)
