"""Sign-in, the second factor, and who has which role; the other doors into staff rooms lead here too."""

from django.urls import include, path
from django.views.generic import RedirectView

from portal.accounts import absences, calendars, managers, people
from portal.accounts.views import CreateAccountView, SignInView

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("accounts/absence/", absences.show, name="absence"),
    path("accounts/absence/<slug:department_key>/announce/", absences.announce, name="absence-announce"),
    path("accounts/absence/<int:absence_id>/end/", absences.end, name="absence-end"),
    path("accounts/calendar/", calendars.show, name="calendar"),
    path("accounts/calendar/<slug:department_key>/", calendars.change, name="calendar-change"),
    path("accounts/people/", people.show, name="people"),
    path("accounts/people/<slug:department_key>/give/", people.give, name="people-give"),
    path("accounts/people/<slug:department_key>/take/", people.take, name="people-take"),
    path("accounts/people/<slug:department_key>/manager/", managers.name, name="people-manager"),
    path("accounts/login/", SignInView.as_view(), name="account_login"),
    path("accounts/signup/", CreateAccountView.as_view(), name="account_signup"),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", to_sign_in),
    path("cms/login/", to_sign_in),
]
