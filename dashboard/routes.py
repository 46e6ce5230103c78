"""What the server answers beside the page: the files of `dashboard.assets`, the maps and the stories."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard import assets, shelf
from dashboard.assets import Asset

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def routes(prefix: str = "") -> Sequence[BaseRoute]:
    """The routes below `prefix`, which is empty or begins with a slash."""
    return [
        Route(f"{prefix}/assets/{{digest}}/{{name:path}}", _asset),
        Route(f"{prefix}/assets/{{name:path}}", _asset),
        Route(f"{prefix}/stories/{{name:path}}", _story),
    ]


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if request.path_params.get("digest") != assets.digest():
        return _missing("There is no such file in this version of the board; reload the page.")
    found = assets.files().get(name)
    if found is None and name.startswith("map-"):
        found = shelf.map_modules().get(name)
    if found is None:
        return _missing("There is no such file in this version of the board; reload the page.")
    return _answer(request, found, FOR_EVER)


def _story(request: Request) -> Response:
    name = PurePosixPath(request.path_params["name"])
    folder = shelf.stories().get(name.stem) if name.suffix == ".json" and len(name.parts) == 1 else None
    story = shelf.opened(folder).wire if folder is not None else None
    if story is None:
        return _missing("There is no such story here.")
    return _answer(request, story, FOR_EVER if request.query_params.get("v") == story.digest else ASK_AGAIN)


def _answer(request: Request, found: Asset, caching: str) -> Response:
    packed = bool(found.compressed) and _accepts_gzip(request.headers.get("accept-encoding", ""))
    tag = f'"{found.digest}{"-gzip" if packed else ""}"'
    headers = {"Cache-Control": caching, "ETag": tag, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.compressed if packed else found.body, media_type=found.media_type, headers=headers)


def _accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip; `gzip;q=0` forbids it."""
    for coding in accepted.split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _missing(sentence: str) -> Response:
    return PlainTextResponse(sentence, status_code=404, headers={"Cache-Control": ASK_AGAIN})
