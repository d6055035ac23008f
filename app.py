"""Start the browser app:  streamlit run app.py  (or:  drillsim app)."""

from drillsim.app.main import main

if __name__ == "__main__":
    main()
