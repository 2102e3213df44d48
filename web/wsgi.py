"""What gunicorn serves: `gunicorn web.wsgi:app`."""

import logging
import os

from web import create_app
from web.config import from_env

config = from_env(os.environ)
logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
app = create_app(config)
