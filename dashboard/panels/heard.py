"""Which language the viewer of this session reads: as the address says, else as the browser does."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.language import PARAMETER, chosen, listen_to, speak


def listen() -> None:
    """Lets everything that is said in a session be said in the language of its viewer.

    A run of the whole page has a thread of its own and finds the language out once; what runs without it, a callback or
    a part of the page, asks.
    """
    listen_to(_of_session)
    speak(_of_session())


def _of_session() -> str:
    """The language of the session whose script or callback runs; "" where none does."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    asked = {str(text) for text in st.query_params.get_all(PARAMETER)}
    return chosen(asked.pop() if len(asked) == 1 else "", str(st.context.headers.get("Accept-Language") or ""))
