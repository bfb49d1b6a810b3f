"""P9: how much memory an upload of 100 MB takes, on both stores."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3
from django.test import override_settings

from engine.departments.models import Department
from engine.documents.storing import Written
from engine.documents.uploads import PictureRules, save_upload
from tests.benchmarks.table import Row

ROOT = Path(__file__).parents[2]
LIMIT_MB = 16
BUCKET = "benchmark"
KINDS = {"pdf": "an upload", "jpg": "a picture, with its metadata taken out,"}
MAKERS = {
    "pdf": (
        "import io, os, sys, pikepdf\n"
        "pdf = pikepdf.new(); pdf.add_blank_page()\n"
        "pdf.Root.Held = pdf.make_stream(os.urandom(int(sys.argv[2]) * 1024 * 1024))\n"
        "pdf.save(sys.argv[1], compress_streams=False)\n"
    ),
    # a picture whose drawing is as long as wanted: bytes that are no marker, before the end of the picture
    "jpg": (
        "import io, os, sys\n"
        "from PIL import Image\n"
        "out, image = io.BytesIO(), Image.new('RGB', (64, 64))\n"
        "exif = image.getexif(); exif[271] = 'C' * 900\n"
        "image.save(out, 'JPEG', exif=exif); data = out.getvalue()\n"
        "noise = os.urandom(int(sys.argv[2]) * 1024 * 1024).replace(b'\\xff', b'\\xfe')\n"
        "open(sys.argv[1], 'wb').write(data[:-2] + noise + data[-2:])\n"
    ),
}


def run(quick: bool) -> list[Row]:
    """The rows of P9: a small upload first, then the large one, in a process of its own for each store."""
    size = 20 if quick else 100
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row("network folder", "nas", folder, size, kind) for kind in KINDS]
    return rows + _on_s3(size)


def _on_s3(size: int) -> list[Row]:
    """The object store of the test keeps what it is given in memory, so it is a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        endpoint = f"http://127.0.0.1:{port}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys).create_bucket(
            Bucket=BUCKET
        )
        return [_row("object store", "s3", endpoint, size, kind) for kind in KINDS]
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The object store of the benchmark did not start.")


def _row(name: str, store: str, place: str, size: int, kind: str) -> Row:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_uploads", store, place, str(size), kind],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = (int(each) / 1024 for each in done.stdout.split())
    return Row(
        id="P9",
        what=f"memory that {KINDS[kind]} of {size} MB adds: {name}",
        measured=f"{after - before:.1f} MB",
        floor=f"after a small upload {before:.0f} MB",
        ratio=f"{after / before:.2f}",
        target=f"< {LIMIT_MB} MB",
        met=after - before < LIMIT_MB,
    )


def peak_kb() -> int:
    """The most memory that this process had since the peak was last forgotten."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def upload(store: str, place: str, megabytes: int, kind: str) -> None:
    """Take a small and a large file and print the peak after each; no row is written."""
    stores = {
        "nas": {"folder": place},
        "s3": {
            "bucket": BUCKET,
            "region": "us-east-1",
            "endpoint": place,
            "access_key": "test",
            "secret_key": "test",
        },
    }
    Written.as_document = lambda self, **_: self  # type: ignore[assignment, method-assign, return-value]
    department = Department(key="benchmark", document_store=store)
    with override_settings(DOCUMENT_STORES=stores), tempfile.TemporaryDirectory() as folder:
        for size in (1, megabytes):
            path = _file_of(kind, size, Path(folder))
            Path("/proc/self/clear_refs").write_text("5")  # forget the peak of what went before
            with path.open("rb") as stream:
                save_upload(
                    stream,
                    name=path.name,
                    department=department,
                    owner=None,
                    allowed=frozenset({"application/pdf", "image/jpeg"}),
                    picture=PictureRules(strip_metadata=True),
                    limit_bytes=200 * 1024 * 1024,
                )
            print(peak_kb(), flush=True)  # noqa: T201


def _file_of(kind: str, megabytes: int, folder: Path) -> Path:
    """Made by a child, so that its memory does not count."""
    path = folder / f"{megabytes}.{kind}"
    subprocess.run([sys.executable, "-c", MAKERS[kind], str(path), str(megabytes)], check=True)
    return path


if __name__ == "__main__":
    import django

    django.setup()
    upload(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
