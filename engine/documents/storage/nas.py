"""Documents on a mounted network folder."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar

from engine.documents.storage.port import CHUNK, BytesMissing, StoreAway, StoreFull

PART = ".part-"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NasStore:
    """Writes to a temporary file, then renames: a reader never sees half a document."""

    name: ClassVar[str] = "nas"

    def __init__(self, folder: str, *, must_be_mounted: bool = False, region: str = "") -> None:
        self.root = Path(folder)
        self.must_be_mounted = must_be_mounted
        self.region = region

    def put(self, key: str, source: BinaryIO, *, size: int, sha256: str) -> None:
        """Write, flush to the disk, rename; writing again replaces a damaged copy by a good one."""
        with _away_on_trouble():
            self._check_mounted()
            target = self.root / key
            made = _missing_folders(target.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_atomically(target, source)
            for folder in made:  # a new folder is an entry in its parent, which must reach the disk too
                _flush_folder(folder.parent)

    def chunks(self, key: str) -> Iterator[bytes]:
        """Read piece by piece."""
        with _away_on_trouble():
            self._check_mounted()
            try:
                file = (self.root / key).open("rb")
            except (FileNotFoundError, NotADirectoryError) as error:
                raise BytesMissing(key) from error
            with file:
                while piece := file.read(CHUNK):
                    yield piece

    def keys(self, prefix: str) -> Iterator[str]:
        """Walk the folder; a file that is still being written is none yet."""
        with _away_on_trouble():
            self._check_mounted()
            for folder, _folders, names in os.walk(self.root / prefix):
                for name in names:
                    if not name.startswith(PART):
                        yield (Path(folder) / name).relative_to(self.root).as_posix()

    def remove(self, key: str) -> None:
        """Take the file away."""
        with _away_on_trouble():
            self._check_mounted()
            (self.root / key).unlink(missing_ok=True)

    def check(self) -> None:
        """The folder is there and may be written; before the first document it need not be there."""
        with _away_on_trouble():
            self._check_mounted()
            if self.root.exists() and not (self.root.is_dir() and os.access(self.root, os.W_OK | os.X_OK)):
                raise StoreAway("the folder can not be written")

    def _check_mounted(self) -> None:
        """An unmounted folder looks empty: without this, documents would be written beside the NAS."""
        if self.must_be_mounted and not self.root.is_mount():
            raise StoreAway("the network folder is not mounted")


@contextlib.contextmanager
def _away_on_trouble() -> Iterator[None]:
    """Turn trouble of the file system into the words of the port."""
    try:
        yield
    except OSError as error:
        kind = StoreFull if error.errno in _FULL else StoreAway
        raise kind(errno.errorcode.get(error.errno or 0, "input/output error")) from error


def _missing_folders(folder: Path) -> list[Path]:
    return [each for each in (folder, *folder.parents) if not each.exists()]


def _write_atomically(target: Path, source: BinaryIO) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(source, file, CHUNK)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """The rename itself is data of the folder."""
    handle = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
