"""Texts that have broken programs before."""

import json
from functools import cache
from pathlib import Path

OWN = (
    "<b>bold</b>", "<script>alert(1)</script>", "' OR 1=1 --", '"><img src=x onerror=alert(1)>', "\x00",
    "\u202eevil", "=cmd|' /C calc'!A0", "{{7*7}}", "${7*7}", "\x02typed\x1f\x03", "Ω≈ç√∫", "😍", "-1", "NaN",
    "0x10", "１２", "../../etc/passwd", "A" * 3_000, "\ud800", "null", "undefined", "%00", "<!--", "]]>",
    "&lt;",
)  # fmt: skip
LIST = Path(__file__).resolve().parents[4] / "shared" / "cases" / "hostile" / "blns" / "blns.json"


@cache
def naughty() -> tuple[str, ...]:
    """Our own few, and where the folder of shared cases lies beside the project, its whole list."""
    return OWN + (tuple(json.loads(LIST.read_text("utf-8"))) if LIST.exists() else ())
