"""The app: the page, with routes beside it and headers on everything, under the settings of this project.

`streamlit run dashboard/app.py` serves it, and so does any ASGI server that is given `dashboard.app:app`.
"""

import gc
import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click
import streamlit as st
from starlette.middleware import Middleware
from streamlit import config, file_util, net_util

# Run as a script it takes the code beside it: what was installed is older where a host pulls without installing again.
sys.path.insert(len(sys.path) if __package__ else 0, str(Path(__file__).resolve().parents[1]))

from dashboard import assets, engines, flights, hosts, proxies, refusals, security, server, shelf, throttle
from dashboard.hosts import Hosts
from dashboard.limits import allowed
from dashboard.mishaps import Mishaps, discreet
from dashboard.preload import Preloads
from dashboard.proxies import Proxies
from dashboard.routes import FILES, FOLDERS, routes
from dashboard.security import Headers
from dashboard.settings import options
from dashboard.throttle import Throttle
from dashboard.unfurl import Unfurl

PAGE = Path(__file__).resolve().parent / "page.py"
PUBLIC = "CASEBOARD_ADDRESS"  # the app's whole address where the host names it, for what a shared link shows
BELOW, BELOW_VARIABLE = "server.baseUrlPath", "STREAMLIT_SERVER_BASE_URL_PATH"
UPLOAD = "server.maxUploadSize"
BROWSER = "CASEBOARD_BROWSER"  # set: a browser opens when the app is ready
EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - compared with, never bound here


def settle() -> None:
    """Puts the project's settings under those a host has made by file, environment or flag; the host's win.

    The path of the app is taken from the environment here, too: Streamlit reads that for its own command alone.
    """
    below = {BELOW: os.environ[BELOW_VARIABLE]} if os.environ.get(BELOW_VARIABLE) else {}
    for name, value in (options() | {UPLOAD: allowed().upload_mb} | below).items():
        if not config.is_manually_set(name):
            config.set_option(name, value, "the settings of caseboard")


def streamlit_files() -> Path:
    """The folder of what Streamlit sends to a browser; its index.html is the document of every page."""
    return Path(file_util.get_static_dir())


def prefix() -> str:
    """Where a host has put the app below its own address: "" or "/some/path"."""
    path = str(config.get_option(BELOW) or "").strip("/")
    return f"/{path}" if path else ""


def address() -> str:
    """Where a browser on this machine finds the app."""
    host = str(config.get_option("server.address") or "")
    named = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    secure = "s" if config.get_option("server.sslCertFile") else ""
    return f"http{secure}://{named}:{config.get_option('server.port')}{prefix()}"


def warm() -> None:
    """Reads stories and assets before the first viewer comes, and takes what then stands in memory from the collector.

    Else Python walks through all imported modules whenever it looks for garbage among what the viewers left. Engines
    are asked meanwhile: nobody waits for them here.
    """
    assets.digest()
    folders = list(shelf.stories().values())
    waiting = [folder for folder in folders if shelf.at_hand(folder) is None]
    threading.Thread(target=lambda: [shelf.opened(folder) for folder in waiting], daemon=True).start()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Reads what is served, says where the app is once it can be asked, and opens a browser there when told to."""
    discreet()
    if (ours := server.running()) is not None:
        server.stop_gracefully(ours)
        server.answer_at_once(ours)
        server.take_long_links(ours)
        refusals.refuse_with(ours, security.bare())
    server.keep_uploads_in_memory(int(config.get_option(UPLOAD)))
    warm()
    click.echo(f"Caseboard is at {address()}  (Ctrl+C stops it)")
    if os.environ.get(BROWSER):
        threading.Thread(target=webbrowser.open, args=(address(),), daemon=True).start()
    yield
    flights.close()
    engines.close()
    gc.unfreeze()  # else what drivers keep is reported as a leak when the process ends


def middleware() -> list[Middleware]:
    """What every request passes, from the outside in. Raises ValueError with a sentence for a setting that is wrong."""
    document = (streamlit_files() / "index.html").read_text("utf-8")
    frames = security.ancestors(os.environ.get(security.FRAMES, ""))
    here = hosts.usual(str(config.get_option("server.address") or ""))
    named = hosts.names(os.environ.get(hosts.VARIABLE, here))
    trusted = proxies.networks(os.environ.get(proxies.VARIABLE, ""))
    factor = throttle.factor(os.environ.get(throttle.VARIABLE, ""))
    return [
        Middleware(Headers, document=document, frames=frames),
        Middleware(Mishaps),
        Middleware(Hosts, named=named, prefix=prefix(), ours=(*FOLDERS, *FILES)),
        Middleware(Proxies, trusted=trusted),
        Middleware(Throttle, prefix=prefix(), factor=factor),
        Middleware(Preloads, streamlit=streamlit_files()),
        Middleware(Unfurl, document=document, prefix=prefix(), public=os.environ.get(PUBLIC, "")),
    ]


server.ask_nobody(net_util)
settle()
# Streamlit reads its files anew when one of them changes, and would forget ours.
config.on_config_parsed(settle, force_connect=True)

app = st.App(PAGE, lifespan=lifespan, routes=routes(prefix()), middleware=middleware())
