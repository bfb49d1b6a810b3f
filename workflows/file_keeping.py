"""One file of a form, kept in the store of the department: for what citizens and what staff fill in."""

from collections.abc import Mapping
from typing import Any

from engine.departments.models import Department, User
from engine.documents.uploads import PictureRules, UploadRefused, save_upload
from forms_library.uploads import FileRefused, SentFile, UploadRules


def keep_file(
    file: SentFile, rules: UploadRules, *, department: Department, owner: User | None
) -> Mapping[str, Any]:
    """The answer that stands for the stored file; raises FileRefused or StoreAway."""
    try:
        document = save_upload(
            file,
            name=file.name or "",
            department=department,
            owner=owner,
            allowed=rules.allowed,
            limit_bytes=rules.limit_bytes,
            data_class=rules.data_class,
            picture=PictureRules(rules.strip_metadata, rules.max_width, rules.max_height, rules.max_pages),
        )
    except UploadRefused as refused:
        raise FileRefused(refused.code) from refused
    return {
        "document": str(document.pk),
        "name": document.name,
        "size": document.size,
        "type": document.content_type,
    }
