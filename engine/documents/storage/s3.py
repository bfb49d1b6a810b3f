"""Documents in an S3 bucket."""

from __future__ import annotations

import base64
import contextlib
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from engine.documents.storage.port import CHUNK, BytesMissing, StoreAway

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_MISSING = {"NoSuchKey", "404", "NotFound"}


class S3Store:
    """One plain PUT per document: no threads, so no copies of its parts in memory."""

    name: ClassVar[str] = "s3"

    def __init__(
        self,
        *,
        bucket: str,
        region: str,
        endpoint: str | None,
        access_key: str | None,
        secret_key: str | None,
    ) -> None:
        self.bucket, self.region = bucket, region
        self._client = functools.partial(_client, region, endpoint, access_key, secret_key)
        self._probe = functools.partial(_client, region, endpoint, access_key, secret_key, is_probe=True)

    def put(self, key: str, source: BinaryIO, *, size: int, sha256: str) -> None:
        """Send the bytes with their hash, so that S3 refuses what was changed on the way."""
        with _away_on_trouble():
            self._client().put_object(
                Bucket=self.bucket,
                Key=key,
                Body=source,
                ContentLength=size,
                ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
            )

    def chunks(self, key: str) -> Iterator[bytes]:
        """Read piece by piece."""
        with _away_on_trouble():
            body = self._client().get_object(Bucket=self.bucket, Key=key)["Body"]
            with contextlib.closing(body):
                yield from body.iter_chunks(CHUNK)

    def keys(self, prefix: str) -> Iterator[str]:
        """List the bucket, a thousand keys at a time."""
        with _away_on_trouble():
            pages = self._client().get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
                yield from (found["Key"] for found in page.get("Contents", ()))

    def remove(self, key: str) -> None:
        """Delete the object; S3 says yes for what is not there too."""
        with _away_on_trouble():
            self._client().delete_object(Bucket=self.bucket, Key=key)

    def check(self) -> None:
        """The bucket answers."""
        try:
            with _away_on_trouble():
                self._probe().head_bucket(Bucket=self.bucket)
        except BytesMissing as error:
            raise StoreAway("there is no such bucket") from error


@contextlib.contextmanager
def _away_on_trouble() -> Iterator[None]:
    """Turn trouble of the network or the bucket into the words of the port."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise BytesMissing(code) from error
        raise StoreAway(code) from error
    except (BotoCoreError, OSError) as error:
        raise StoreAway(type(error).__name__) from error


@functools.lru_cache(maxsize=8)
def _client(
    region: str,
    endpoint: str | None,
    access_key: str | None,
    secret_key: str | None,
    *,
    is_probe: bool = False,
) -> S3Client:
    """Making a client costs 100 ms; it is safe to share among threads. A probe gives up soon."""
    style: Any = {"addressing_style": "path"} if endpoint else None
    return boto3.client(
        "s3",
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        config=Config(
            s3=style,
            connect_timeout=1 if is_probe else 5,
            read_timeout=2 if is_probe else 30,
            retries={"max_attempts": 1 if is_probe else 3, "mode": "standard"},
            response_checksum_validation="when_required",
        ),
    )
