from __future__ import annotations

import hashlib
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.documents.storage import BytesMissing, NasStore, StoreAway, StoreFull

KEY = "licensing/ab/abcdef"


def put(store: NasStore, data: bytes, key: str = KEY) -> None:
    store.put(key, io.BytesIO(data), size=len(data), sha256=hashlib.sha256(data).hexdigest())


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip("this machine does not let us mount a file system")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_bytes_come_back_and_writing_twice_is_harmless(tmp_path):
    store = NasStore(str(tmp_path))
    for _ in range(2):
        put(store, b"hello" * 100_000)
    assert b"".join(store.chunks(KEY)) == b"hello" * 100_000
    assert files(tmp_path) == [KEY]


def test_what_is_removed_is_gone_and_removing_again_is_harmless(tmp_path):
    store = NasStore(str(tmp_path))
    put(store, b"hello")
    for _ in range(2):
        store.remove(KEY)
    assert files(tmp_path) == []


def test_a_folder_that_is_not_mounted_is_a_store_that_is_away(tmp_path):
    NasStore(str(tmp_path / "not there yet")).check()
    with pytest.raises(StoreAway):
        NasStore(str(tmp_path), must_be_mounted=True).check()


def test_a_reader_never_sees_half_a_document(tmp_path):
    class BreaksOff(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert not (tmp_path / KEY).exists()
            raise OSError(5, "the source broke off")

    with pytest.raises(StoreAway):
        NasStore(str(tmp_path)).put(KEY, BreaksOff(), size=5, sha256="")
    assert files(tmp_path) == []


def test_what_is_not_there_is_missing(tmp_path):
    with pytest.raises(BytesMissing):
        list(NasStore(str(tmp_path)).chunks(KEY))


def test_a_full_disk_is_said_and_leaves_nothing_behind(small_disk):
    store = NasStore(str(small_disk))
    put(store, b"fits")
    with pytest.raises(StoreFull):
        put(store, b"x" * 2_000_000, "licensing/cd/cdef")
    assert files(small_disk) == [KEY]
    assert b"".join(store.chunks(KEY)) == b"fits"


def test_a_read_only_disk_is_away_for_writing_and_still_read(small_disk):
    store = NasStore(str(small_disk), must_be_mounted=True)
    put(store, b"before")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreAway):
        put(store, b"after", "licensing/cd/cdef")
    assert b"".join(store.chunks(KEY)) == b"before"


def test_nothing_is_written_beside_a_folder_that_is_not_mounted(tmp_path):
    store = NasStore(str(tmp_path), must_be_mounted=True)
    with pytest.raises(StoreAway):
        put(store, b"hello")
    with pytest.raises(StoreAway):
        list(store.chunks(KEY))
    assert files(tmp_path) == []
