"""Start the browser app:  streamlit run app.py  (or:  drillsim app)."""

if __name__ == "__main__":  # processes of a batch read this file too: the app is loaded only where it is drawn
    from drillsim.app.main import main

    main()
