"""The command `caseboard`: opens, checks, geocodes and exports a story."""

import errno
import json
import os
import socket
from collections.abc import Iterable
from pathlib import Path

import click

from geo.doubts import doubts
from geo.errors import Doubt, Fault, GeocodingError, StoryError
from geo.export import csv, geojson
from geo.story import Story, bundled, find_story, read_story

DEFAULT_STORY = "heat"
DEFAULT_HOST = "127.0.0.1"
FIRST_PORT = 8501
PORTS_TRIED = 100
FORMATS = (".csv", ".geojson")


class StoryFolder(click.ParamType):
    """The id of a built-in story or the path of a folder, as the folder."""

    name = "story"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder; a story that is not there is a mistake of usage."""
        try:
            return find_story(value)
        except StoryError as error:
            self.fail(_plain(str(error)), param, ctx)


STORY = StoryFolder()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="caseboard")
@click.pass_context
def main(context: click.Context) -> None:
    """A story on a map: who was where, and when.

    A STORY is the name of a built-in story ("heat") or a folder with story.toml, events.csv, places.csv and people.csv.
    Without a command, the built-in story opens in the browser.

    Exit codes: 0 all is well, 1 something is wrong with the story,
    2 it could not be done, with a sentence why.
    """
    if context.invoked_subcommand is None:
        context.invoke(open_story)


@main.command("open")
@click.argument("stories", metavar="[STORY]...", nargs=-1, type=STORY)
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Port to listen on; else the first free one from {FIRST_PORT}."
)
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on; 0.0.0.0 lets others in.")
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
def open_story(
    stories: tuple[Path, ...] = (), port: int | None = None, host: str = DEFAULT_HOST, no_browser: bool = False
) -> None:
    """Open a story in the browser, until Ctrl+C.

    With several stories, the first one is shown and the others can be picked on the page.
    """
    chosen = port if port is not None else _free_port(host)
    if port and not _is_free(host, port):
        raise click.ClickException(f"port {port} of {host} is in use; leave out --port to take a free one")
    folders = stories or (find_story(DEFAULT_STORY),)
    _serve(folders, host, chosen, browser=not no_browser)


@main.command()
@click.argument("folder", metavar="STORY", type=STORY)
def check(folder: Path) -> None:
    """List everything that is wrong in the files of a story.

    One line a fault: file, row as a spreadsheet counts it, column, value, and
    what to do. Then, under a heading of their own, the doubts: journeys too
    fast (story.toml: [checks] speed_kmh), people in two places at once or
    present after their end, places and people never used.

    Doubts alone leave the exit code at 0.
    """
    try:
        story = read_story(folder)
    except StoryError as error:
        _say(error.faults)
        unreadable = click.ClickException(_plain(str(error)))
        unreadable.exit_code = 2
        raise unreadable from error
    _say(story.faults)
    doubted = doubts(story)
    if doubted:
        click.echo("Doubts: what can be read, but hardly be true")
        _say(doubted)
        click.echo()
    counted = f"{len(story.events):,} of {story.rows:,} event rows read, {_count(len(story.faults), 'fault')}"
    if doubted:
        counted += f", {_count(len(doubted), 'doubt')}"
    click.echo(f"{_plain(story.id)}: {counted}")
    if story.faults:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("folder", metavar="STORY", type=STORY)
@click.option("--check", "only_check", is_flag=True, help="Ask for nothing; compare what is stored with its queries.")
@click.option("--service", metavar="NAME", help="Ask this service, too, e.g. nominatim; without it nothing goes out.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of places.csv."
)
def geocode(folder: Path, only_check: bool, service: str | None, output: Path | None) -> None:
    """Find coordinates for the places of a story that have none.

    The story's own places are asked first, then the bundled gazetteer of Los Angeles, then the service, if one is
    named. What is found is written into places.csv with its source; a coordinate that is there is never replaced. A
    near miss is a suggestion and never taken.
    """
    if not only_check and output is None and folder in bundled().values():
        raise click.UsageError("a built-in story is not written to; name a file with -o")
    # Imported here: the network's modules are slow to load and needed by this command only.
    from dashboard.geocoding import checked, geocoded

    story = _read(folder)
    try:
        done = checked(story) if only_check else geocoded(story, service, output or folder / "places.csv")
    except GeocodingError as error:
        raise click.UsageError(_plain(str(error))) from error
    except OSError as error:
        raise click.ClickException(f"places.csv cannot be written: {error.strerror}") from error
    if not done:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("folder", metavar="STORY", type=STORY)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File ending in .csv or .geojson.",
)
def export(folder: Path, output: Path) -> None:
    """Write all events of a story into one file, for a spreadsheet or a map program."""
    if output.suffix.lower() not in FORMATS:
        raise click.UsageError(f"the file's name must end in {' or '.join(FORMATS)}, not '{_plain(output.suffix)}'")
    story = _read(folder)
    if output.suffix.lower() == ".csv":
        content = csv(story).encode("utf-8-sig")
    else:
        content = json.dumps(geojson(story), ensure_ascii=False, allow_nan=False).encode()
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{_plain(str(output))} cannot be written: {error.strerror}") from error
    click.echo(f"{_count(len(story.events), 'event')} written to {_plain(str(output))}")


def _serve(folders: Iterable[Path], host: str, port: int, browser: bool) -> None:
    """Runs the app under the project's settings, which win over those of the folder it is started from."""
    # Imported here: the other commands need no server.
    from streamlit.web import bootstrap

    from dashboard.settings import options
    from dashboard.shelf import VARIABLE

    config = options() | {"server.address": host, "server.port": port, "logger.hideWelcomeMessage": True}
    # The app reads settings while it is imported, so they have to stand before.
    bootstrap.load_config_options(config)
    os.environ[VARIABLE] = os.pathsep.join(str(folder.resolve()) for folder in folders)
    from dashboard.app import BROWSER, app

    if browser:
        os.environ[BROWSER] = "1"
    app.run(config=config)


def _read(folder: Path) -> Story:
    try:
        story = read_story(folder)
    except StoryError as error:
        raise click.ClickException(f"{_plain(str(error))}; run: caseboard check") from error
    if story.faults:
        click.echo(f"{_count(len(story.faults), 'fault')} in the files of the story; run: caseboard check", err=True)
    return story


def _say(faults: Iterable[Fault | Doubt]) -> None:
    for fault in faults:
        click.echo(_plain(str(fault)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain(text: str) -> str:
    """`text` for a terminal, which would obey the control characters of a file."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _free_port(host: str) -> int:
    free = next((port for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if _is_free(host, port)), None)
    if free is None:
        raise click.ClickException(f"no port of {host} from {FIRST_PORT} on is free; name one with --port")
    return free


def _is_free(host: str, port: int) -> bool:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise click.UsageError(f"'{_plain(host)}' is no address of this machine: {error.strerror}") from error
    with socket.socket(family) as probe:
        if os.name != "nt":
            # As the server will: a port whose last connection just ended is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise click.UsageError(f"'{_plain(host)}' is no address of this machine") from error
            return False
    return True


if __name__ == "__main__":
    main(prog_name="caseboard")
