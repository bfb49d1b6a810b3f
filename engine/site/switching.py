"""Turning the switch."""

from __future__ import annotations

from django.db import transaction

from engine.audit import log
from engine.site import mode
from engine.site.models import Switch


def set_read_only(wanted: bool) -> bool:
    """Turn the switch, with an audit entry; tells whether that changed anything."""
    with transaction.atomic():
        switch, _made = Switch.objects.select_for_update().get_or_create(pk=1)
        if switch.is_read_only == wanted:
            return False
        switch.is_read_only = wanted
        switch.save()
        log.record("site.read_only" if wanted else "site.normal", chain=log.SYSTEM, actor_note="site_mode")
    mode.forget()
    return True
