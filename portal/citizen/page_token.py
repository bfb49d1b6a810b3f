"""A sign in each question page that we drew it for the owner of its draft, good for a day.

A session may end while somebody types. The sign lets us keep their files until they have signed in again; it
opens nothing and shows nothing.
"""

from datetime import timedelta

from django.core import signing

from workflows.models import Draft

GOOD_FOR = timedelta(days=1)
LONGEST = 200
_signer = signing.TimestampSigner(salt="portal.citizen.page")


def page_token(draft: Draft) -> str:
    """The sign for the pages of this draft."""
    return _signer.sign(_meant(draft)).removeprefix(_meant(draft))


def was_drawn_for(draft: Draft, token: str) -> bool:
    """Whether we drew the page for the owner of this draft within the last day."""
    try:
        _signer.unsign(_meant(draft) + token[:LONGEST], max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return True


def _meant(draft: Draft) -> str:
    return f"{draft.pk}.{draft.owner_id}"
