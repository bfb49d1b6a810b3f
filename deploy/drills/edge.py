"""haproxy as the edge: TLS 1.3 only, a limit for each address, two web servers behind it."""

from __future__ import annotations

import csv
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.drills.ground import Ground
from deploy.drills.shipped import changed, lines_without, shipped
from deploy.embedded.postgres import server_environment
from deploy.embedded.program import Program
from deploy.embedded.redis import free_port
from deploy.embedded.servers import ROOT

HOST, BACKEND = "127.0.0.1", "web"
SMALLER = 50  # the second door has the limit of the edge divided by this, so that it is soon reached
EDGE = ROOT / "terraform" / "modules" / "edge" / "variables.tf"
LIMIT = "gt 3000 "


def configuration(folder: Path, doors: dict[int, int], servers: dict[str, int]) -> str:
    """The file that is shipped, with these doors (ports and their limits) and these servers."""
    top, _, rest = shipped("haproxy.cfg").partition("frontend door\n")
    door, _, backend = rest.partition(f"\nbackend {BACKEND}\n")
    lines = [changed(top, {"/run/haproxy": str(folder), "hard-stop-after 5m": "hard-stop-after 5s"})]
    for port, limit in doors.items():
        own = {"bind :443": f"bind {HOST}:{port}", "/etc/caseway": str(folder), LIMIT: f"gt {limit} "}
        lines.append(f"frontend door-{limit}\n{changed(door, own)}\n")
    kept = changed(
        lines_without(backend, "    server "), {"hdr Host onprem.services.example.gov": f"hdr Host {HOST}"}
    )
    lines.append(f"backend {BACKEND}\n{kept}")
    return "".join(lines) + "".join(f"    server {name} {HOST}:{port}\n" for name, port in servers.items())


def limit_of_the_edge() -> int:
    """How many requests one address may send within five minutes, as terraform has it."""
    found = re.search(r'"requests_per_5_minutes" \{[^}]*default\s*=\s*(\d+)', EDGE.read_text())
    assert found is not None
    return int(found[1])


class Edge:
    """One haproxy with two doors, the second with a small limit."""

    def __init__(self, ground: Ground, folder: Path, servers: dict[str, int]) -> None:
        """Writes certificate and configuration; starts nothing yet."""
        self.folder, self.port, self.narrow_port = folder, free_port(), free_port()
        self.narrow_limit = limit_of_the_edge() // SMALLER
        self.certificate = folder / "edge.crt"
        certificate, key = _certificate()
        self.certificate.write_text(certificate)
        ground.account.private_file(folder / "edge.pem", certificate + key)
        doors = {self.port: limit_of_the_edge(), self.narrow_port: self.narrow_limit}
        text = configuration(folder, doors, servers)
        path = ground.account.private_file(folder / "haproxy.cfg", text)
        argv = ground.account.command("haproxy", "-db", "-f", str(path))
        self.program = Program("haproxy", argv, server_environment(), lambda: self._has(servers))

    @property
    def address(self) -> str:
        """Where people go."""
        return f"https://{HOST}:{self.port}"

    # --- its control socket
    def tell(self, words: str) -> str:
        """One command, its answer."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "control"))
            line.sendall(f"{words}\n".encode())
            return b"".join(iter(lambda: line.recv(65536), b"")).decode()

    def state(self, server: str) -> dict[str, str]:
        """What it knows of one server."""
        rows = csv.DictReader(self.tell("show stat").lstrip("# ").splitlines())
        return next(row for row in rows if (row["pxname"], row["svname"]) == (BACKEND, server))

    def is_up(self, server: str) -> bool:
        """Whether the server gets requests."""
        return self.state(server)["status"] == "UP"

    def under_way(self, server: str) -> int:
        """How many requests the server answers at this moment."""
        return int(self.state(server)["scur"])

    def _has(self, servers: dict[str, int]) -> bool:
        try:
            return all(self.is_up(server) for server in servers)
        except OSError:
            return False

    # --- TLS
    def version_spoken(self, newest: ssl.TLSVersion) -> str:
        """Which version of TLS a client gets that knows none newer; empty when it is refused."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        context.maximum_version = newest
        with socket.create_connection((HOST, self.port), 5) as line:
            try:
                with context.wrap_socket(line, server_hostname=HOST) as secured:
                    return str(secured.version())
            except ssl.SSLError as refused:
                if "PROTOCOL_VERSION" not in str(refused.reason):
                    raise
                return ""


def _certificate() -> tuple[str, str]:
    """For this one run: certificate and key as PEM."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "drill")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    address = x509.IPAddress(IPv4Address(HOST))
    builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signed.decode(), key.private_bytes(*form).decode()
