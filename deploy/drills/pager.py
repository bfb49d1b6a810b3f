"""What stands for PagerDuty, Slack and SNS: takes what Alertmanager sends, answers as they do, keeps it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

EVENTS, CHAT, FORM = "/v2/enqueue", "/slack", "application/x-www-form-urlencoded"
PUBLISHED = (
    b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId>'
    b"</PublishResult></PublishResponse>"
)
NEEDED = {"routing_key", "event_action", "dedup_key"}


class Pager:
    """A listener on loopback; its threads end with the process."""

    def __init__(self, key: str) -> None:
        """Listens at once; events with another key are refused."""
        self.key, self.events, self.said = key, list[tuple[float, dict[str, Any]]](), list[dict[str, Any]]()
        self.messages: list[str] = []
        pager = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers["Content-Type"].startswith(FORM):
                    status, answer = pager.take_message(body.decode())
                else:
                    status, answer = pager.take(self.path, json.loads(body))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Take nothing more."""
        self._server.shutdown()
        self._server.server_close()

    def take(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        """Keep an event or a message; gives the answer."""
        if path == CHAT:
            self.said.append(body)
            return 200, b"ok"
        whole = body.get("event_action") == "resolve" or body.get("payload", {}).get("summary")
        if path != EVENTS or not body.keys() >= NEEDED or body["routing_key"] != self.key or not whole:
            return 400, b'{"status": "invalid event"}'
        self.events.append((time.time(), body))
        return 202, json.dumps({"status": "success", "dedup_key": body["dedup_key"]}).encode()

    def take_message(self, form: str) -> tuple[int, bytes]:
        """Keep what SNS would send to the telephones; gives the answer."""
        given = {name: values[0] for name, values in parse_qs(form).items()}
        if given.get("Action") != "Publish" or not given.get("TopicArn") or not given.get("Message"):
            return 400, b"<ErrorResponse/>"
        self.messages.append(given["Message"])
        return 200, PUBLISHED

    def arrived(self, alert: str, action: str = "trigger") -> float | None:
        """When somebody was first called, or told that it is over."""
        return next((at for at, event in self._about(alert) if event["event_action"] == action), None)

    def page(self, alert: str) -> dict[str, Any]:
        """What the person reads."""
        _, event = next(self._about(alert))
        return dict(event["payload"])

    def _about(self, alert: str) -> Iterator[tuple[float, dict[str, Any]]]:
        """An end names only the hashed key of its group, so the calls are looked up first."""
        keys = {
            event["dedup_key"]
            for _, event in self.events
            if f"alertname = {alert}\n" in json.dumps(event.get("payload", {})).replace("\\n", "\n")
        }
        return (each for each in self.events if each[1]["dedup_key"] in keys)
