"""What the templates of this room share."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from portal.designer.sentences import say

register = template.Library()


@register.filter
def at(group: Mapping[str, str], key: str) -> str:
    """What a group holds under a key that only the page knows."""
    return group.get(key, "")


@register.filter
def said(sentence: str) -> str:
    """A sentence about a problem in the language of the page."""
    return say(sentence, get_language() or "en")
