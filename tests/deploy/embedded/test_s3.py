"""The local S3 of the demonstration keeps its objects."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from deploy.embedded.account import Account
from deploy.embedded.s3 import BUCKET, REGION, ObjectStore


@contextmanager
def store(folder: Path) -> Iterator[Any]:
    """A fresh server for the same recording, ended without warning."""
    server = ObjectStore(folder / "s3", Account(folder / "any"))
    program = server.program()
    program.spawn(folder, folder / "log")
    try:
        until = time.monotonic() + 60
        while not program.look_whether_ready():
            assert program.is_alive and time.monotonic() < until, list(program.last_lines)
            time.sleep(0.1)
        yield boto3.client(
            "s3",
            region_name=REGION,
            endpoint_url=server.address,
            aws_access_key_id="any",
            aws_secret_access_key="any",
            config=Config(s3={"addressing_style": "path"}),
        )
    finally:
        program.kill()


@pytest.mark.slow
def test_documents_outlive_a_hard_stop(tmp_path: Path) -> None:
    body = bytes(range(256)) * 4000
    with store(tmp_path) as s3:
        s3.put_object(Bucket=BUCKET, Key="licensing/aa/kept", Body=body)
        s3.put_object(Bucket=BUCKET, Key="licensing/aa/removed", Body=b"x")
        s3.delete_object(Bucket=BUCKET, Key="licensing/aa/removed")
    with (tmp_path / "s3" / "requests.jsonl").open("a") as torn:
        torn.write('{"method": "PUT", "url": "http')
    for _ in range(2):
        with store(tmp_path) as s3:
            assert s3.get_object(Bucket=BUCKET, Key="licensing/aa/kept")["Body"].read() == body
            listed = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
            assert [each["Key"] for each in listed] == ["licensing/aa/kept"]


def test_the_recording_keeps_only_what_changes_something(tmp_path: Path) -> None:
    server = ObjectStore(tmp_path / "s3", Account(tmp_path / "any"))
    server.recording.parent.mkdir()
    put, get = {"method": "PUT", "url": "a"}, {"method": "GET", "url": "a"}
    both_in_one_line = json.dumps(put) + json.dumps(put)
    server.recording.write_text("\n".join([json.dumps(put), "", json.dumps(get), both_in_one_line, '{"torn']))
    server.prepare()
    assert [json.loads(line) for line in server.recording.read_text().splitlines()] == [put, put, put]
