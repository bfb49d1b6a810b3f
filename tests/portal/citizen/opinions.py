"""A stall licence for which the fire brigade is asked, and the key in the letter to it."""

from __future__ import annotations

import copy
import re
from typing import Any

from engine.messages.models import Letter
from tests.portal.citizen.conftest import PACKAGE

NODE: dict[str, Any] = {
    "key": "fire",
    "type": "outside_opinion",
    "title": {"en": "Fire brigade", "fr": "Pompiers", "ar": "الدفاع المدني"},
    "status_text": {"en": "We ask the fire brigade", "fr": "Avis des pompiers", "ar": "نسأل الدفاع المدني"},
    "question": {
        "en": "Can fire engines pass the stall?",
        "fr": "Les pompiers peuvent-ils passer ?",
        "ar": "هل تمر سيارات الإطفاء؟",
    },
    "address": "brigade@example.org",
    "fields": ["trade", "plan"],
    "file": True,
    "due": {"working_days": 5},
    "next": "look",
}


def package_that_asks() -> dict[str, Any]:
    """The stall licence, which asks the fire brigade before a clerk looks."""
    package = copy.deepcopy(PACKAGE)
    nodes = package["workflow"]["nodes"]
    nodes[0]["next"] = "fire"
    nodes.insert(1, NODE)
    return package


def key_in_letter() -> str:
    """The key in the last letter to somebody outside."""
    letter = Letter.objects.filter(recipient=None, text__contains="key=").latest("created")
    found = re.search(r"/opinion/\?key=([A-Za-z0-9_-]+)", letter.text)
    assert found
    return found[1]
