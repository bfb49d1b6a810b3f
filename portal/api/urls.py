"""The addresses that other systems call."""

from django.urls import path

from portal.api import views

app_name = "api"
urlpatterns = [
    path("callbacks/", views.callback, name="callback"),
    path("payments/<slug:department>/", views.payment, name="payment"),
    path("actions/<slug:department>/<slug:role>/", views.action, name="action"),
    path("messages/<slug:department>/<slug:name>/", views.message, name="message"),
]
