"""Uses the services of the demonstration."""

from tests.workflows.published import *  # noqa: F403
