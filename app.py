"""Start the browser app:  streamlit run app.py  (or:  drillsim app)."""

from pathlib import Path

from streamlit.starlette import App

import drillsim.app
from drillsim.app.hosts import known_hosts

app = App(Path(drillsim.app.__file__).with_name("start.py"), middleware=[known_hosts()])
