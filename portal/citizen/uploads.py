"""Keeping the files of a draft from their first byte, before anything else of the page is judged."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from engine.documents.uploads import PictureRules, UploadRefused, save_upload
from forms_library.compiled import CompiledPage
from forms_library.rebasing import files_in
from forms_library.uploads import FileRefused, SentFile, Upload, UploadRules
from workflows.models import Draft


def keeper(draft: Draft, page: CompiledPage) -> Upload:
    """Stores files for the owner of this draft, as many and as large as one page may hold."""
    room = _Room(draft, page)

    def keep(file: SentFile, rules: UploadRules) -> Mapping[str, Any]:
        room.take(file, rules)
        try:
            document = save_upload(
                file,
                name=file.name or "",
                department=draft.department,
                owner=draft.owner,
                allowed=rules.allowed,
                limit_bytes=rules.limit_bytes,
                data_class=rules.data_class,
                picture=PictureRules(rules.strip_metadata, rules.max_width, rules.max_height),
            )
        except UploadRefused as refused:
            raise FileRefused(refused.code) from refused
        return {
            "document": str(document.pk),
            "name": document.name,
            "size": document.size,
            "type": document.content_type,
        }

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
