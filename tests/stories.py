"""The smallest story folders for tests."""

from pathlib import Path

TOML = 'title = "Small"\n\n[clock]\nkind = "{kind}"\n'
PEOPLE = "id,name,group\nann,Ann Lee,crew\nbo,Bo Lee,crew\ndora,Dora Dean,police\n"
PLACES = "id,name,lat,lon,radius_m\ncafe,Café,53.55,9.99,50\npier,Pier,53.54,9.95,120\nhideout,Hideout,,,\n"
EVENTS = "id,title,start,place,people\ne1,One,D1T09:00,cafe,ann\ne2,Two,D2,pier,ann;bo\n"


def folder(
    path: Path, events: str = EVENTS, people: str = PEOPLE, places: str = PLACES, kind: str = "days", toml: str = TOML
) -> Path:
    """A story folder at `path` with these files."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "story.toml").write_text(toml.replace("{kind}", kind), encoding="utf-8")
    for name, text in (("events", events), ("people", people), ("places", places)):
        (path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return path
