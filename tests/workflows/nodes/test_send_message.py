"""Letters are written in the transaction that brings the case to them."""

import pytest

from engine.messages.models import Letter, OutboxMessage
from workflows.models import Case
from workflows.unit import unit

pytestmark = pytest.mark.django_db


def test_the_applicant_gets_the_letter_with_its_words_filled_in(package, publish, begin, citizen):
    case = begin(publish(package))
    letter = Letter.objects.get(case_reference=case.reference)
    assert (letter.recipient, letter.language) == (citizen, "en")
    assert letter.subject == f"We have {case.reference}"
    assert "Dear Leila Haddad" in letter.text
    assert OutboxMessage.objects.filter(topic="letter", department_id=case.department_id).count() == 1


def test_no_letter_is_left_when_the_transaction_fails(package, publish, begin):
    version = publish(package)
    with pytest.raises(ValueError, match="stop"), unit():
        begin(version)
        raise ValueError("stop")
    assert not Letter.objects.exists()
    assert not Case.objects.exists()
