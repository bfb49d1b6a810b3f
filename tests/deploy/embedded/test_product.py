"""What the launcher knows of the product: names of commands, addresses, static files."""

from __future__ import annotations

import socket
from pathlib import Path

from deploy.embedded import product


def test_a_command_is_found_by_its_file(tmp_path: Path) -> None:
    commands = tmp_path / "workflows" / "management" / "commands"
    commands.mkdir(parents=True)
    (commands / "load_demonstration.py").write_text("")
    assert product.has_command("load_demonstration", tmp_path)
    assert not product.has_command("other", tmp_path)


def test_a_taken_port_leads_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        listener = product.listen(port)
    assert listener is not None
    with listener:
        assert listener.getsockname()[1] > port


def test_where_all_ports_are_taken_there_is_none() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert product.listen(taken.getsockname()[1], tries=1) is None


def test_the_digest_of_static_files_follows_them(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "dev.txt").write_text("")
    static = tmp_path / "portal" / "shell" / "static" / "built"
    static.mkdir(parents=True)
    (static / "a.css").write_text("a")
    before = product.static_files_digest(tmp_path)
    assert product.static_files_digest(tmp_path) == before
    (static / "b.css").write_text("b")
    assert product.static_files_digest(tmp_path) != before
