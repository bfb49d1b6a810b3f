"""Sign-in, sign-out and the second factor; the other doors into staff rooms lead here too."""

from django.urls import include, path
from django.views.generic import RedirectView

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/login/", to_sign_in),
    path("cms/login/", to_sign_in),
]
