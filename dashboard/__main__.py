"""The command `caseboard`: begins, imports, opens, checks, geocodes and exports a story."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from dashboard.import_command import import_command
from dashboard.opening import asked_first
from dashboard.ports import FIRST_PORT, free_port, is_free
from dashboard.printing import counted, printable
from dashboard.telling import read_told
from geo.errors import GeocodingError, GeoError, StoryError
from geo.story import bundled, find_story

DEFAULT_STORY = "heat"
DEFAULT_HOST = "127.0.0.1"
FORMATS = (".html", ".csv", ".geojson", ".kml")
SAVED_STORIES = "CASEBOARD_STORIES"  # dashboard.keeping reads it


class StoryPath(click.ParamType):
    """The id of a built-in story, the path of a folder, or that of a file if `files` are taken, as the path."""

    name = "story"

    def __init__(self, *, files: bool = False) -> None:
        self._files = files

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; a story that is not there is a mistake of usage."""
        if self._files and Path(value).is_file():
            return Path(value)
        try:
            return find_story(value)
        except StoryError as error:
            self.fail(printable(str(error)), param, ctx)


STORY = StoryPath()
STORY_OR_FILE = StoryPath(files=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="caseboard")
@click.pass_context
def main(context: click.Context) -> None:
    """A story on a map: who was where, and when.

    A STORY is the name of a built-in story ("heat") or a folder with story.toml, events.csv, places.csv and people.csv;
    a FILE is a spreadsheet (CSV, Excel), a map file (GeoJSON, KML) or a story in a zip. Without a command, the built-in
    story opens in the browser.

    Exit codes: 0 all is well, 1 something is wrong with the story,
    2 it could not be done, with a sentence why.
    """
    if context.invoked_subcommand is None:
        context.invoke(open_story)


@main.command("open")
@click.argument("stories", metavar="[STORY|FILE]...", nargs=-1, type=STORY_OR_FILE)
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Port to listen on; else the first free one from {FIRST_PORT}."
)
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on; 0.0.0.0 lets others in.")
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
@click.option(
    "--stories",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which stories that people bring are saved; without it they live in memory only.",
)
def open_story(
    stories: tuple[Path, ...] = (),
    port: int | None = None,
    host: str = DEFAULT_HOST,
    no_browser: bool = False,
    folder: Path | None = None,
) -> None:
    """Open a story in the browser, until Ctrl+C.

    With several stories, the first one is shown and the others can be picked on the page. An engine is asked first.
    """
    if folder is not None:
        os.environ[SAVED_STORIES] = str(folder.resolve())
    chosen = port if port is not None else free_port(host)
    if port and not is_free(host, port):
        raise click.ClickException(f"port {port} of {host} is in use; leave out --port to take a free one")
    folders = stories or (find_story(DEFAULT_STORY),)
    if not asked_first(folders):
        raise click.exceptions.Exit(2)
    _serve(folders, host, chosen, browser=not no_browser)


@main.command()
@click.argument("path", metavar="STORY|FILE", type=STORY_OR_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences.")
@click.pass_context
def check(context: click.Context, path: Path, as_json: bool) -> None:
    """List everything that is wrong in a story or a file.

    One line a fault: file, row as a spreadsheet counts it, column, value, and
    what to do. Of a FILE also how it was read, and names that may be one.

    Of a STORY then, under a heading of their own, the doubts: journeys too
    fast (story.toml: [checks] speed_kmh), people in two places at once or
    present after their end, places and people never used.

    Doubts alone leave the exit code at 0. Of a large STORY the engine is asked
    for its columns, and whether story.toml says of the events what it does.
    """
    # Imported here, as below: what a command does not need would make it slow.
    from dashboard.checking import check_file

    context.exit(check_file(path, as_json))


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--synthetic", metavar="N", type=click.IntRange(1), help="Write N invented events instead.")
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="Of --synthetic: which ones.")
@click.option("--csv", is_flag=True, help="Of --synthetic: as CSV, not as Parquet.")
def new(folder: Path, synthetic: int | None, seed: int, csv: bool) -> None:
    """Write a small story to begin with: ten rows that show every kind of cell.

    DIR must be new or empty. Open it with: caseboard open DIR

    With --synthetic it is a large one, to try what a million events do: people
    with homes, work and habits, in and around Los Angeles, the same for all.
    """
    from dashboard.beginning import begin, begin_synthetic

    if synthetic is None:
        begin(folder)
    else:
        begin_synthetic(folder, synthetic, seed, csv)


@main.command()
@click.argument("path", metavar="STORY|FILE", type=STORY_OR_FILE)
@click.option("--check", "only_check", is_flag=True, help="Ask for nothing; compare what is stored with its queries.")
@click.option("--offline", is_flag=True, help="Ask no service (the default).")
@click.option("--service", metavar="NAME", default="", help="Ask this service, too, e.g. nominatim.")
@click.option("--contact", default="", help="Your e-mail address, told to the service; else CASEBOARD_CONTACT.")
@click.option("--area", default="", help='Where the story plays: "Venice, Italy" or west,south,east,north.')
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of places.csv."
)
@click.pass_context
def geocode(
    context: click.Context,
    path: Path,
    only_check: bool,
    offline: bool,
    service: str,
    contact: str,
    area: str,
    output: Path | None,
) -> None:
    """Find coordinates for the places that have none.

    The story's own places are asked first, then the bundled gazetteer, then the service, if one is named. What is sure
    is written with its source, into places.csv or, of a FILE, into a copy of its table; a coordinate that is there is
    never replaced. What is not sure is listed for you to choose, and never taken.

    Every answer is kept the moment it arrives: stop with Ctrl+C, and the same command goes on.
    """
    if offline and service:
        raise click.UsageError("--offline asks no service; leave out one of the two")
    if not only_check and output is None and path in bundled().values():
        raise click.UsageError("a built-in story is not written to; name a file with -o")
    if only_check and path.is_file():
        raise click.UsageError("--check compares the places.csv of a story folder; unpack the story first")
    # Imported here: the network's modules are slow to load and needed by this command only.
    from dashboard.geocoding import checked, geocode_file

    try:
        if only_check:
            context.exit(0 if checked(read_told(path, large=True)) else 1)
        context.exit(geocode_file(path, service=service, contact=contact, area=area, output=output))
    except (GeocodingError, StoryError) as error:
        raise click.UsageError(printable(str(error))) from error
    except OSError as error:
        raise click.ClickException(f"{printable(str(output or path))} cannot be written: {error.strerror}") from error


@main.command()
@click.argument("path", metavar="STORY|FILE", type=STORY_OR_FILE)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File ending in .html, .csv, .geojson or .kml.",
)
@click.option("--link", default="", help="A link of the board: the view to open on, or the events to write.")
@click.option("--until", metavar="EVENT", default="", help="Id of an event; nothing later is in the file.")
def export(path: Path, output: Path, link: str, until: str) -> None:
    """Write a story into one file.

    .html is the board with everything inside: it opens from disk and asks
    nobody for anything. .csv, .geojson and .kml are for spreadsheets and map
    programs; with --link they hold exactly what that link shows. Of a large
    STORY that has to be few enough; else a sentence says how many.
    """
    if output.suffix.lower() not in FORMATS:
        raise click.UsageError(f"the file's name must end in {', '.join(FORMATS)}, not '{printable(output.suffix)}'")
    # Imported here: folium is slow to load and needed by this command only.
    from dashboard.exporting import exported

    story = read_told(path, large=True)
    try:
        count = exported(story, output, link, until, path)
    except GeoError as error:
        raise click.UsageError(printable(str(error))) from error
    except OSError as error:
        raise click.ClickException(f"{printable(str(output))} cannot be written: {error.strerror}") from error
    click.echo(f"{counted(count, 'event')} written to {printable(str(output))}")


main.add_command(import_command)


def _serve(folders: Iterable[Path], host: str, port: int, browser: bool) -> None:
    """Runs the app under the project's settings, which win over those of the folder it is started from."""
    # Imported here: the other commands need no server.
    from streamlit.web import bootstrap

    from dashboard.limits import allowed
    from dashboard.settings import options
    from dashboard.shelf import VARIABLE

    ours = {"server.address": host, "server.port": port, "server.maxUploadSize": allowed().upload_mb}
    config = options() | ours | {"logger.hideWelcomeMessage": True}
    # The app reads settings while it is imported, so they have to stand before.
    bootstrap.load_config_options(config)
    os.environ[VARIABLE] = os.pathsep.join(str(folder.resolve()) for folder in folders)
    from dashboard.app import BROWSER, app

    if browser:
        os.environ[BROWSER] = "1"
    app.run(config=config)


if __name__ == "__main__":
    main(prog_name="caseboard")
