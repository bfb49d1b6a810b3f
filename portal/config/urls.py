"""Every address of the product, by room."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal.pages.urls import page_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.shell.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.citizen.urls")),
    path("", include("portal.pages.urls")),
    path("api/", include("portal.api.urls")),
    path("work/", include("portal.clerk.urls")),
    path("manage/", include("portal.designer.urls")),
    path("admin/", admin.site.urls),
    *page_urlpatterns,  # last: Wagtail asks its pages for whatever no room has claimed
]

handler400 = "portal.shell.errors.bad_request"
handler403 = "portal.shell.errors.forbidden"
handler404 = "portal.shell.errors.not_found"
handler500 = "portal.config.outages.server_error"
