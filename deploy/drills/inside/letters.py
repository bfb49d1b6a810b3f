"""What has left: messages of the outbox, and letters in the folder that stands for a mail server."""

from __future__ import annotations

import email
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Min

from engine.messages.models import Letter, OutboxMessage


def run(since: str) -> dict[str, float]:
    """Counts, and after how long the first message was done that was asked for since then."""
    done = OutboxMessage.objects.filter(state=OutboxMessage.State.DONE)
    begun = datetime.fromtimestamp(float(since), UTC)
    first = done.filter(created__gt=begun).aggregate(at=Min("done_at"))["at"]
    sent = _sent()
    letters = set(Letter.objects.values_list("message_id", flat=True))
    return {
        "done": done.count(),
        "not_done": OutboxMessage.objects.filter(state=OutboxMessage.State.DEAD).count(),
        "again_s": (first - begun).total_seconds(),
        "letters": len(letters),
        "letters_not_sent": len(letters - set(sent)),
        "letters_twice": sum(number - 1 for number in sent.values()),
    }


def _sent() -> Counter[str]:
    """How often each letter went out, by its own number."""
    found: Counter[str] = Counter()
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        for part in path.read_bytes().split(b"-" * 79 + b"\n"):
            if number := email.message_from_bytes(part.strip())["Message-ID"]:
                found[str(number)] += 1
    return found
