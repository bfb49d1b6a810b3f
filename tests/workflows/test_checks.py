"""What is said before an installation serves the public."""

import pytest
from django.conf import LazySettings

from workflows.checks import real_payments


@pytest.mark.parametrize(
    ("provider", "said"), [("pretend", ["workflows.E003"]), ("https://pay.example/orders", []), ("", [])]
)
def test_pretended_payments_are_an_error_where_an_installation_is_to_be_deployed(
    settings: LazySettings, provider: str, said: list[str]
) -> None:
    settings.PAYMENT_PROVIDER = provider
    assert [problem.id for problem in real_payments(None)] == said
