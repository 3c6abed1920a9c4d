"""The dashboard: `streamlit run dashboard.py`. The server imports this file; each visitor's page runs it."""

import streamlit as st

if __name__ == "__main__":
    from views.script import main

    main()
else:
    from views.serving import ROUTES, ahead

    app = st.App(__file__, routes=ROUTES, lifespan=ahead)
