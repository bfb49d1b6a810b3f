from __future__ import annotations

import hashlib
import io
import threading

import pytest

from engine.documents.storage import BytesMissing, S3Store, StoreAway

KEY = "licensing/ab/abcdef"


@pytest.fixture
def store(bucket, s3_settings):
    return S3Store(**s3_settings)


def put(store: S3Store, data: bytes, sha256: str = "") -> None:
    digest = sha256 or hashlib.sha256(data).hexdigest()
    store.put(KEY, io.BytesIO(data), size=len(data), sha256=digest)


def test_bytes_come_back_and_writing_twice_is_harmless(store, bucket):
    for _ in range(2):
        put(store, b"hello" * 300_000)
    assert b"".join(store.chunks(KEY)) == b"hello" * 300_000
    assert [each.key for each in bucket.objects.all()] == [KEY]


def test_what_is_removed_is_gone_and_removing_again_is_harmless(store, bucket):
    put(store, b"hello")
    for _ in range(2):
        store.remove(KEY)
    assert not list(bucket.objects.all())


def test_a_bucket_that_is_not_there_is_a_store_that_is_away(store, bucket, s3_settings):
    store.check()
    with pytest.raises(StoreAway):
        S3Store(**{**s3_settings, "bucket": "nobody-made-this"}).check()


def test_an_upload_starts_no_thread(store):
    put(store, b"warm")
    before = threading.active_count()
    seen = []

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            seen.append({each.name for each in threading.enumerate() if "s3" in each.name.lower()})
            return super().read(size)

    data = b"x" * 20_000_000
    store.put(KEY, Watched(data), size=len(data), sha256=hashlib.sha256(data).hexdigest())
    assert seen
    assert not set().union(*seen)
    assert threading.active_count() <= before + 1  # the server of the test may answer in one of its own


def test_what_is_not_there_is_missing(store):
    with pytest.raises(BytesMissing):
        list(store.chunks("licensing/no/nothing"))


@pytest.mark.parametrize(
    "change",
    [{"bucket": "caseway-not-made"}, {"endpoint": "http://127.0.0.1:1"}],
    ids=["no bucket", "no server"],
)
def test_a_store_that_cannot_be_reached_is_away(bucket, s3_settings, change):
    store = S3Store(**{**s3_settings, **change})
    with pytest.raises(StoreAway):
        put(store, b"hello")
    with pytest.raises(StoreAway):
        list(store.chunks(KEY))
