"""The WSGI application, for any server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # the views too, before the first request asks for them
gc.freeze()  # what is loaded now stays: no collection looks through it again, which kept a request waiting for 0.1 s
