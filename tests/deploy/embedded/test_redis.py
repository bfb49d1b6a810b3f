"""The embedded Redis: a real server below a temporary folder."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
import redis as client

from deploy.embedded.account import Account
from deploy.embedded.redis import Redis
from deploy.embedded.servers import ROOT


def test_it_answers_with_its_password_only(tmp_path: Path) -> None:
    server = Redis(ROOT, tmp_path / "redis", Account(tmp_path / "any"), durable=False)
    program = server.program()
    program.spawn(tmp_path, tmp_path / "log")
    try:
        until = time.monotonic() + 20
        while not program.look_whether_ready():
            assert time.monotonic() < until, list(program.last_lines)
            time.sleep(0.05)
        assert client.Redis.from_url(server.url()).ping()
        with pytest.raises(client.AuthenticationError):
            client.Redis(port=server.port).ping()
    finally:
        program.kill()
    assert server.password not in " ".join(program.argv)
    assert stat.S_IMODE((tmp_path / "redis" / "redis.conf").stat().st_mode) == 0o600
