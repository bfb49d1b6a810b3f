"""A local S3 for the demonstration: moto's server, with objects in memory and its requests in a file.

What changed something is sent again at each start, so the objects outlive a stop, also a hard one. The
recording replays plain requests only; an upload in parts gets a new number each time and would be lost.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from deploy.embedded.account import Account
from deploy.embedded.postgres import server_environment
from deploy.embedded.program import Failed, Program
from deploy.embedded.redis import free_port

BUCKET, REGION = "caseway-documents", "eu-central-1"
CHANGING = frozenset({"PUT", "POST", "DELETE"})
_PLACE = f"<LocationConstraint>{REGION}</LocationConstraint>"
BUCKET_PLACE = f"<CreateBucketConfiguration>{_PLACE}</CreateBucketConfiguration>"
# loopback needs no proxy, whatever the environment says
_browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ObjectStore:
    """One server for one recording."""

    def __init__(self, data: Path, account: Account) -> None:
        """Starts nothing yet."""
        self.recording, self.account = data / "requests.jsonl", account
        self.address = f"http://127.0.0.1:{free_port()}"

    def environment(self) -> dict[str, str]:
        """The product's settings for it; any key opens it, as it listens to this machine only."""
        return {
            "S3_ENDPOINT": self.address,
            "S3_BUCKET": BUCKET,
            "S3_REGION": REGION,
            "S3_ACCESS_KEY": "demonstration",
            "S3_SECRET_KEY": "demonstration",
        }

    def program(self) -> Program:
        """The server in the foreground."""
        host, port = self.address.removeprefix("http://").split(":")
        moto = str(Path(sys.executable).parent / "moto_server")
        env = {
            **server_environment(),
            "MOTO_ENABLE_RECORDING": "1",
            "MOTO_RECORDER_FILEPATH": str(self.recording),
        }
        argv = self.account.command(moto, "-H", host, "-p", port)
        return Program("S3", argv, env, self.is_ready, before=self.prepare, after=self.remember)

    def prepare(self) -> None:
        """Drops from the recording what changed nothing, and the torn end of a hard stop."""
        self.account.private_folder(self.recording.parent)
        if self.recording.exists():
            kept = [json.dumps(request) + "\n" for request in _requests(self.recording)]
            self.account.private_file(self.recording, "".join(kept))

    def is_ready(self) -> bool:
        """Asks it."""
        return self._send("GET", "/moto-api/") is not None

    def remember(self) -> None:
        """Fills it with what it held before, and makes sure of the bucket."""
        if self.recording.exists():
            target = json.dumps({"target_host": self.address})
            if self._send("POST", "/moto-api/recorder/replay-recording", target) != 200:
                raise Failed(f"The documents recorded in {self.recording} could not be put back.")
        if self._send("HEAD", f"/{BUCKET}") != 200:
            self._send("PUT", f"/{BUCKET}", BUCKET_PLACE)

    def _send(self, method: str, path: str, body: str = "") -> int | None:
        """The status of the answer, None when there is no answer."""
        request = urllib.request.Request(self.address + path, body.encode() or None, method=method)
        try:
            with _browser.open(request, timeout=300) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return None


def _requests(recording: Path) -> Iterator[dict[str, object]]:
    """The requests that changed something; two threads may have written theirs into one line."""
    decoder = json.JSONDecoder()
    for line in recording.read_text().splitlines():
        rest = line
        while rest:
            try:
                request, end = decoder.raw_decode(rest)
            except ValueError:
                break
            rest = rest[end:].lstrip()
            if request.get("method") in CHANGING:
                yield request
