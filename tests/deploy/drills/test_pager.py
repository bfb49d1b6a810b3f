"""What stands for PagerDuty takes only what PagerDuty would."""

from __future__ import annotations

from deploy.drills.pager import CHAT, EVENTS, Pager


def test_calls_are_kept_with_their_ends_and_everything_else_is_refused() -> None:
    pager = Pager("right")
    event = {
        "routing_key": "right",
        "event_action": "trigger",
        "dedup_key": "1",
        "payload": {"summary": "x", "custom_details": {"firing": "Labels:\n - alertname = Slow\n"}},
    }
    try:
        assert pager.take(EVENTS, {**event, "routing_key": "wrong"})[0] == 400
        assert pager.take(EVENTS, {**event, "payload": {}})[0] == 400
        assert pager.take("/v1/enqueue", event)[0] == 400
        assert pager.arrived("Slow") is None
        assert pager.take(EVENTS, event)[0] == 202
        assert pager.take(EVENTS, {**event, "event_action": "resolve", "payload": {}})[0] == 202
        assert pager.take(CHAT, {"text": "y"})[0] == 200
        assert pager.take_message("Action=Publish&Message=Slow")[0] == 400
        assert pager.take_message("Action=Publish&TopicArn=arn&Message=Slow%3A+it+is")[0] == 200
    finally:
        pager.close()
    assert pager.arrived("Slow") is not None and pager.arrived("Slow", "resolve") is not None
    assert pager.arrived("NoWebServer") is None
    assert pager.page("Slow")["summary"] == "x"
    assert pager.said == [{"text": "y"}]
    assert pager.messages == ["Slow: it is"]
