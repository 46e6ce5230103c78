"""The step Keep: the story as a file of one's own, and under a link where the host saves stories."""

import re
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard import keeping
from dashboard.keeping import Refused
from dashboard.language import say
from dashboard.limits import allowed
from dashboard.retold import retold
from dashboard.workshop.draft import Draft, drop
from dashboard.workshop.session import KEY, leave, mine
from geo.archive import archive

SAID = "said of keeping"


def keep() -> None:
    """Draws the step."""
    draft = mine()
    if draft is None:
        return
    own, here = st.columns(2, gap="large")
    with own:
        _download(draft)
    with here:
        _save(draft)
    st.divider()
    st.button(say("Forget this story"), icon=":material/delete:", on_click=_forget, key="forget")
    st.caption(say("It is taken out of this server's memory at once. What was saved or downloaded stays."))


def _download(draft: Draft) -> None:
    st.subheader(say("As files of your own"), anchor=False)
    st.text(
        say(
            "A zip with story.toml and three tables. Bring it again, here or on any other host, and it is the same "
            "story; any spreadsheet opens the tables."
        )
    )
    st.download_button(
        say("Download the story"),
        lambda: archive(dict(draft.now.files)),
        f"{file_name(draft)}.zip",
        "application/zip",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )


def _save(draft: Draft) -> None:
    limits = allowed()
    if keeping.folder() is None:
        st.subheader(say("Under a link"), anchor=False)
        st.text(
            say(
                "This host saves no stories. The link below works while this server keeps the story in its memory: "
                "{hours} hours after it was last looked at, sooner if many others come. A host that is started with "
                "--stories FOLDER saves them.",
                hours=f"{limits.hours}",
            )
        )
        _link(say("Link to look at it"), {"story": draft.names.id})
        return
    st.subheader(say("Saved on this host"), anchor=False)
    saved = keeping.unlocks(draft.names)
    st.text(
        say(
            "Whoever has the link can look at the story; nobody guesses it and no list shows it. Only the second link, "
            "which is for you, changes it."
        )
    )
    label = say("Save again") if saved else say("Save")
    st.button(label, type="primary", icon=":material/save:", on_click=_saved, key="save")
    if said := st.session_state.pop(SAID, ""):
        st.text(said)
    if saved:
        _link(say("Link to look at it"), {"story": draft.names.id})
        _link(
            say("Link to work on it; keep it to yourself"),
            {"own": "check", "story": draft.names.id, KEY: draft.names.key},
        )


def _saved() -> None:
    draft = mine()
    if draft is None:
        return
    try:
        keeping.save(draft.names, draft.now.files)
    except Refused as refusal:
        st.session_state[SAID] = f"{retold(str(refusal))}.".capitalize()
    else:
        st.session_state[SAID] = say("Saved.")


def _forget() -> None:
    draft = mine()
    if draft is not None:
        drop(draft)
    st.session_state.pop(KEY, None)
    leave()


def _link(label: str, query: dict[str, str]) -> None:
    st.text(label)
    st.code(_address(query), language=None, wrap_lines=True)


def _address(query: dict[str, str]) -> str:
    parts = urlsplit(st.context.url or "")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(query), ""))


def file_name(draft: Draft) -> str:
    """A name for the download that every system takes, whatever the file was called."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", draft.now.title or draft.file.rsplit(".", 1)[0]).strip("-.") or "story"
