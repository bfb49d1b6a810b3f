"""Turning the switch."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from engine.audit.models import AuditEntry
from engine.site import mode

pytestmark = pytest.mark.django_db


def said(capsys, *words: str) -> str:
    call_command("site_mode", *words)
    return capsys.readouterr().out.strip()


def test_the_switch_is_turned_once_and_recorded(capsys):
    assert said(capsys) == "normal"
    assert "within 2 seconds" in said(capsys, "read-only")
    assert "already" in said(capsys, "read-only")
    assert mode.is_read_only()
    assert said(capsys) == "read-only, because of the switch"
    said(capsys, "normal")
    assert not mode.is_read_only()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "site.read_only",
        "site.normal",
    ]


def test_what_holds_the_site_besides_the_switch_is_named(capsys, settings, monkeypatch):
    settings.SITE_MODE = "read-only"
    with pytest.raises(CommandError, match="SITE_MODE"):
        call_command("site_mode", "normal")
    settings.SITE_MODE = "normal"
    monkeypatch.setattr(mode, "_LOOK", "SELECT true, false")
    with pytest.raises(CommandError, match="stands by"):
        call_command("site_mode", "normal")
    assert "stands by" in said(capsys)
