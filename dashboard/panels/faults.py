"""What is wrong with the files of a story: the list an author needs, where anyone else would see a stack trace."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.language import counted, say
from dashboard.retold import retold
from dashboard.shelf import Opened
from dashboard.words import literal
from geo.errors import Fault, clipped

MOST = 500


def faults(opened: Opened) -> None:
    """Every fault as one row, under a sentence that says whether the rest of the story can be used."""
    found = [fault for fault in opened.faults if fault is not opened.silent]
    if opened.silent is not None:
        why = "; ".join(retold(half) for half in (opened.silent.what, opened.silent.remedy) if half)
        st.error(say("This story cannot be opened: {why}.", why=literal(why, 400)))
    elif opened.story is None:
        st.error(say("This story cannot be opened: there is no event in it that can be read."))
    elif found:
        st.warning(
            counted(
                len(found),
                "{n} fault in the files of this story. What is not touched by it is shown below.|"
                "{n} faults in the files of this story. What is not touched by them is shown below.",
            )
        )
    if not found:
        return
    st.dataframe(fault_table(found[:MOST]), hide_index=True, width="stretch", key="faults")
    if len(found) > MOST:
        st.text(say("These are the first {most}; `caseboard check` lists all {n}.", most=MOST, n=len(found)))


def fault_table(found: Sequence[Fault]) -> pd.DataFrame:
    """One row a fault, short enough to be read."""
    rows = [
        (
            fault.file,
            "" if fault.row is None else str(fault.row),
            clipped(fault.column or ""),
            clipped(fault.value),
            clipped(retold(fault.what), 200),
            clipped(retold(fault.remedy), 200),
        )
        for fault in found
    ]
    columns = [say("File"), say("Row"), say("Column"), say("Value"), say("What is wrong"), say("What to do")]
    return pd.DataFrame(rows, columns=columns, dtype="str")
