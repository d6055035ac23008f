"""The script that Streamlit runs. Processes of a batch read it too: the app is loaded only where it is drawn."""

if __name__ == "__main__":
    from drillsim.app.main import main

    main()
