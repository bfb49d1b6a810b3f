"""allauth's doors, dressed as the department that somebody was on the way to."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views

from portal.accounts.goals import goal_of


class _Dressed:
    """Puts the goal into what the template is given."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The same, with the department and the service that the person comes from."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        goal = goal_of(str(context.get("redirect_field_value") or ""))
        return {**context, "goal": goal, "department": goal.department}


class SignInView(_Dressed, allauth_views.LoginView):  # type: ignore[misc]  # allauth has no types
    """Signing in."""


class CreateAccountView(_Dressed, allauth_views.SignupView):  # type: ignore[misc]
    """A new account."""
