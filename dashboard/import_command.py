"""The command `caseboard import`: its options, in words."""

from pathlib import Path

import click

from dashboard.printing import printable


class Field(click.ParamType):
    """COLUMN=FIELD, as a pair."""

    name = "column=field"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The column and the field, which may not have a "=" in it."""
        column, sign, field = value.rpartition("=")
        if not sign or not column:
            self.fail(f"'{printable(value)}' is not COLUMN=FIELD, such as suspect=people", param, ctx)
        return column, field


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="New folder to write the story into.",
)
@click.option("--map", "fields", metavar="COLUMN=FIELD", type=Field(), multiple=True, help="What a column is for.")
@click.option(
    "--dates", type=click.Choice(["day", "month"]), help="What 03/04/2021 begins with, where the file does not tell."
)
@click.option("--title", default="", help="Title of the story; else the name of the file.")
@click.option("--service", metavar="NAME", default="", help="Ask this service for places, too, e.g. nominatim.")
@click.option("--contact", default="", help="Your e-mail address, told to the service; else CASEBOARD_CONTACT.")
@click.option("--area", default="", help='Where the story plays: "Venice, Italy" or west,south,east,north.')
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences.")
@click.pass_context
def import_command(
    context: click.Context,
    file: Path,
    output: Path,
    fields: tuple[tuple[str, str], ...],
    dates: str | None,
    title: str,
    service: str,
    contact: str,
    area: str,
    as_json: bool,
) -> None:
    """Make a large story of a CSV file of any size.

    The file is read once, in little memory, into a new folder DIR, with the
    events as Parquet. What is wrong is counted by kind and listed, with the
    first hundred of each in DIR/faults.json. Open it with: caseboard open DIR

    A FIELD is one of id, title, summary, at, time, until, end_time, place,
    lat, lon, point, radius_m, people, remote, group or source.
    """
    # Imported here: the engine is slow to load, and the other commands do without.
    from dashboard.importing import import_file

    day_first = None if dates is None else dates == "day"
    asked = {"service": service, "contact": contact, "area": area}
    context.exit(
        import_file(file, output, fields=dict(fields), day_first=day_first, title=title, as_json=as_json, **asked)
    )
