"""Makes a key and a certificate for signing in a demonstration."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.documents.signing_authority import make_signing_files

KEY_FILE, CHAIN_FILE = "certificate-key.pem", "certificate-chain.pem"


class Command(BaseCommand):
    """``manage.py make_signing_key --folder F``: writes a key and its chain, never over old ones."""

    help = "Makes a key and certificate of a small authority of our own. For demonstrations and tests only."
    requires_system_checks = []  # runs before there is a database

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where to write, and whose name stands in the certificate."""
        parser.add_argument("--folder", required=True, help="where to write key and certificates")
        parser.add_argument("--name", default="Caseway", help="the name in the certificates")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files; the key is readable by its owner only."""
        folder = Path(options["folder"])
        if (folder / KEY_FILE).exists() or (folder / CHAIN_FILE).exists():
            raise CommandError(
                "There is a key in this folder already; certificates signed with it depend on it."
            )
        folder.mkdir(parents=True, exist_ok=True)
        files = make_signing_files(options["name"])
        with os.fdopen(os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(files.key)
        (folder / CHAIN_FILE).write_text(files.chain)
        self.stdout.write("For demonstrations and tests only: nobody outside trusts this authority.")
        self.stdout.write(f"CERTIFICATE_KEY_FILE={folder / KEY_FILE}")
        self.stdout.write(f"CERTIFICATE_CHAIN_FILE={folder / CHAIN_FILE}")
