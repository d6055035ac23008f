"""What ``streamlit run`` serves for ``drillsim app``: the script, behind the check of hosts."""

from pathlib import Path

from streamlit.starlette import App

from drillsim.app.hosts import known_hosts

app = App(Path(__file__).with_name("start.py"), middleware=[known_hosts()])
