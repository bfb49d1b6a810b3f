"""What the web server calls."""

import os

from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application

from portal.config import rotation, warming
from portal.config.tracing import traced

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings")
application = traced(get_wsgi_application())
request_started.connect(rotation.look)
warming.warm_up()
