"""Keeping the files of a draft from their first byte, before anything else of the page is judged."""

from collections.abc import Mapping
from typing import Any

from engine.documents.uploads import UploadRefused, save_upload
from forms_library.uploads import FileRefused, SentFile, Upload, UploadRules
from workflows.models import Draft


def keeper(draft: Draft) -> Upload:
    """Stores files for the owner of this draft."""

    def keep(file: SentFile, rules: UploadRules) -> Mapping[str, Any]:
        try:
            document = save_upload(
                file,
                name=file.name or "",
                department=draft.department,
                owner=draft.owner,
                allowed=rules.allowed,
                limit_bytes=rules.limit_bytes,
                data_class=rules.data_class,
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
