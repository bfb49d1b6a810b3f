"""The addresses of the frame itself."""

from django.urls import re_path

from portal.shell import theme

app_name = "shell"
urlpatterns = [
    re_path(r"^theme/(?P<key>[-\w]+)-(?P<fingerprint>[0-9a-f]{12})\.css$", theme.stylesheet, name="theme"),
]
