"""Takes one file of the hostile cases through the upload, without a store; run by tests/limits.py."""

import base64
import io
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from engine.documents import uploads
from engine.documents.uploads import UploadRefused, save_upload
from tests.engine.documents.conftest import HOSTILE

LIMIT = 10 * 1024 * 1024


def _not_written(*_: Any, **__: Any) -> Any:
    return SimpleNamespace(as_document=lambda **found: SimpleNamespace(**found))


def take(name: str) -> str:
    """What becomes of a file: the code of the refusal, or the type and name that it would be served as."""
    uploads.write = _not_written  # type: ignore[assignment]
    uploads.nobody_removes = nullcontext  # type: ignore[assignment]  # no database is here
    path = HOSTILE / name.removesuffix(".decoded")
    data: Any = path.open("rb")
    if name.endswith(".decoded"):
        data = io.BytesIO(base64.b64decode(path.read_bytes()))
    try:
        found: Any = save_upload(
            data,
            name=name,
            department=SimpleNamespace(key="licensing"),  # type: ignore[arg-type]
            owner=None,
            allowed=frozenset(uploads.EXTENSIONS),
            limit_bytes=LIMIT,
        )
    except UploadRefused as refused:
        return f"refused: {refused.code}"
    return f"kept as {found.content_type} {found.name}"
