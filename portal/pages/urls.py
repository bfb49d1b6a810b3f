"""The service catalogue; every other address here is a Wagtail page."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.pages import views

urlpatterns = [
    path("services/", views.services, name="services"),
    path("cms/", include(wagtailadmin_urls)),
    path("cms-documents/", include(wagtaildocs_urls)),
]
# last of all: what no room claims is looked for among the pages
page_urlpatterns = [path("", include(wagtail_urls))]
