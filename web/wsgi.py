"""What gunicorn serves: `gunicorn web.wsgi:app`."""

import os

from web import create_app
from web.config import from_env

app = create_app(from_env(os.environ))
