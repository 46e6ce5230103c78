"""What the server answers beside the page: the files of `dashboard.assets`, the stories and their maps."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard import assets, shelf
from dashboard.assets import Asset

FOR_EVER = "public, max-age=31536000, immutable"
FOR_EVER_HERE = "private, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def routes(prefix: str = "") -> Sequence[BaseRoute]:
    """The routes below `prefix`, which is empty or begins with a slash."""
    return [
        Route(f"{prefix}/assets/{{digest}}/{{name:path}}", _asset),
        Route(f"{prefix}/assets/{{name:path}}", _asset),
        Route(f"{prefix}/stories/{{name}}.json", _story),
        Route(f"{prefix}/stories/{{name}}/map-{{digest}}.js", _map),
        Route(f"{prefix}/stories/{{name:path}}", _nothing),
    ]


def _asset(request: Request) -> Response:
    found = assets.files().get(request.path_params["name"])
    if found is None or request.path_params.get("digest") != assets.digest():
        return _missing("There is no such file in this version of the board; reload the page.")
    return _answer(request, found, FOR_EVER)


def _story(request: Request) -> Response:
    name = request.path_params["name"]
    opened = shelf.find(name)
    if opened is None or opened.wire is None:
        return _missing("There is no such story here.")
    current = request.query_params.get("v") == opened.wire.digest
    return _answer(request, opened.wire, _caching(name) if current else ASK_AGAIN)


def _map(request: Request) -> Response:
    name = request.path_params["name"]
    opened = shelf.find(name)
    module = None if opened is None else opened.map_module
    if module is None or request.path_params["digest"] != module.digest:
        return _missing("There is no such map of this story; reload the page.")
    return _answer(request, module, _caching(name))


def _caching(story: str) -> str:
    """For ever, and in shared caches unless only those who know its id may see the story."""
    return FOR_EVER if story in shelf.stories() else FOR_EVER_HERE


def _nothing(_: Request) -> Response:
    return _missing("There is no such story here.")


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
