"""The browser app: a page chooses, calls, shows. The only package that knows Streamlit."""
