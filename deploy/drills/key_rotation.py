"""The key that signs certificates is replaced; certificates of the old one are still genuine."""

from __future__ import annotations

from pathlib import Path

from deploy.drills.cluster import Node, only
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require

EACH = 3
KEY, CHAIN, TRUST = "certificate-key.pem", "certificate-chain.pem", "CERTIFICATE_TRUST_FILE"


def run(ground: Ground) -> list[Outcome]:
    """Old key, new key with the old root still trusted, and what happens where the old root is forgotten."""
    title = "key-rotation"
    ground.tell(title)
    node = Node(ground, title, "a")
    node.fill()
    node.start()
    old, new = ground.folder / "signing", ground.own_folder(f"{title}/new-key")
    where = {"DATABASE_URL": only(node)}
    make_new = ("certificates", "key", str(new))
    ground.inside(("certificates", "issue", "old", str(EACH)), make_new, **where, **_keys(old))
    rotated = {**where, **_keys(new), TRUST: str(old / CHAIN)}
    issue, check = ("certificates", "issue", "new", str(EACH)), ("certificates", "check")
    issued, found = ground.inside(issue, check, **rotated)
    require(issued["issued"] == EACH, "a certificate was issued twice")
    require(found["forged"] == 0, "a certificate with a flipped byte is taken for genuine")
    (forgotten,) = ground.inside(check, **where, **_keys(new))
    require(forgotten["genuine"] == EACH, "without the old root its certificates must not be believed")
    node.remove()
    notes = (
        "the outage is the first certificate by the new key; pods of the old one serve until then;",
        "flipped bytes are found; without CERTIFICATE_TRUST the old ones are not believed",
    )
    return [
        Outcome(
            title, issued["first_s"], 2 * EACH, 2 * EACH - found["genuine"], found["doubled"], notes=notes
        )
    ]


def _keys(folder: Path) -> dict[str, str]:
    return {"CERTIFICATE_KEY_FILE": str(folder / KEY), "CERTIFICATE_CHAIN_FILE": str(folder / CHAIN)}
