"""What the server answers beside the page, and where: stories, the files of the board, and how the server is."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard import assets, bins, chosen, engine_files, gallery, health, openapi, reads
from dashboard.answers import FOR_EVER, Answering, Reading, answer, refused

FOLDERS = ("stories", "assets")
FILES = ("healthz", "readyz", "openapi.json")


def routes(prefix: str = "") -> Sequence[BaseRoute]:
    """The routes below `prefix`, which is empty or begins with a slash.

    Whatever else stands below one of our names is missed in a sentence: Streamlit would answer with its page.
    """
    answered: dict[str, Reading | Answering] = {
        "/assets/{digest}/{name:path}": Reading(_asset),
        "/stories/{name}.json": Reading(reads.story, reads.is_public),
        "/stories/{name}/events.{format}": Reading(engine_files.events, reads.is_public),
        "/stories/{name}/bins": Reading(bins.bins, reads.is_public),
        "/stories/{name}/few": Reading(bins.few, reads.is_public),
        "/stories/{name}/people": Reading(chosen.people, reads.is_public),
        "/stories/{name}/picture.png": Reading(gallery.answer, reads.is_public),
        "/stories/{name}/map-{digest}.js": Reading(reads.story_map),
        "/healthz": Reading(health.healthz),
        "/readyz": Reading(health.readyz),
        "/openapi.json": Reading(openapi.openapi, lambda _: True),
        "/assets/{rest:path}": Reading(_asset),
        "/stories/{rest:path}": Reading(_no_story),
        **{f"/{name}": Reading(_nothing) for name in FOLDERS},
        **{f"/{name}/{{rest:path}}": Reading(_nothing) for name in FILES},
    }
    return [Route(f"{prefix}{path}", endpoint) for path, endpoint in answered.items()]


def _asset(request: Request) -> Response:
    found = assets.files().get(request.path_params.get("name", ""))
    if found is None or request.path_params.get("digest") != assets.digest():
        return refused(404, "There is no such file in this version of the board; reload the page.")
    return answer(request, found, FOR_EVER)


def _no_story(_: Request) -> Response:
    return refused(404, reads.NO_STORY)


def _nothing(_: Request) -> Response:
    return refused(404, "There is nothing here.")
