"""Handing one's own work to a colleague: not in a circle, not for ever, with both names in the record."""

from engine.core.text import Text
from engine.departments.models import User
from workflows.recording import recorded
from workflows.roles import require_any
from workflows.services.claiming import HANDED, has_it, opened, refuse_finished
from workflows.services.refusals import HandedBack, HandedTooOften, NotYours
from workflows.services.refused import refusals_noted
from workflows.services.telling import tell

MOST_HANDS = 3
SUBJECT = Text({
    "en": "{name} hands you work on {reference}",
    "fr": "{name} vous confie un travail sur {reference}",
    "ar": "سلّمك {name} عملًا في {reference}",
})  # fmt: skip
BODY = Text({
    "en": "{name} has handed you a step of the case {reference}. It is in your queue now.",
    "fr": "{name} vous a confié une étape du dossier {reference}. Elle est maintenant dans votre file.",
    "ar": "سلّمك {name} خطوة من المعاملة {reference}. وهي الآن في قائمتك.",
})  # fmt: skip


@refusals_noted
def delegate(*, item_id: int, to: User, by: User) -> None:
    """Hand an item to a colleague who may do it; its owner does so, or who stands in for the owner."""
    with opened(item_id, by) as activation:
        item = activation.task
        refuse_finished(item)
        if not has_it(by, item):
            raise NotYours
        require_any(to, item.roles, item.department_id)
        owner, chain = item.owner_id, [*item.data.get(HANDED, ()), item.owner_id]
        if to.pk in chain:
            raise HandedBack(to.get_full_name())
        if len(chain) > MOST_HANDS:
            raise HandedTooOften
        item.data = {**item.data, HANDED: chain}
        activation.hand_over(to)
        item.save(update_fields=["data"])
        more = {} if owner == by.pk else {"instead_of": owner}
        recorded("work.delegated", item, by, to=to.pk, **more)
        key = f"delegated:{item.pk}:{item.assigned.isoformat()}"
        tell(to, activation.process, by, kind="work.delegated", subject=SUBJECT, body=BODY, key=key)
