"""What columns are for by their names, as far as their cells agree."""

import re
from collections.abc import Callable, Iterable, Sequence

from geo.columns import Looks
from geo.errors import clipped
from geo.guessing import Free
from geo.headers import meanings, plain_name
from geo.raw import Raw

# Who only where nobody else is named, and then only one of them.
_WEAK_WHO = frozenset(
    {
        *("phone", "phone number", "telephone", "telefono", "device", "device id", "user", "username", "user id"),
        *("user name", "usuario", "author", "autor", "assignee", "responsible", "organisation", "organization"),
        *("entity", "entities", "party", "vehicle", "vehiculo", "msisdn", "subscriber", "abonado"),
        *("tag local identifier", "artist", "driver", "no", "officer", "officers", "agente", "agentes"),
        *("detective", "investigator"),
    }
)
_PARTS_OF_DATES = ("year", "month", "day")
_PLANE = re.compile(r"[xy]|.*\b(?:x|y|coord|xcoord|ycoord|easting|northing|point)\b.*")
_BOTH_SIDES = ("from", "to"), ("de", "a"), ("origen", "destino"), ("source", "target")


def find(found: "Found") -> None:
    """Gives the columns of a table their roles, position and time first; nothing is guessed from cells alone."""
    for step in (_position, _times, _id, _people, _where, _texts, _rest):
        step(found)


class Found:
    """What has been found so far; a column is given away once."""

    def __init__(self, raw: Raw, look: dict[str, Looks]) -> None:
        self.raw, self.look = raw, look
        self.columns: dict[str, tuple[str, ...]] = {}
        self.why: dict[str, str] = {}
        self.notices: list[str] = []
        self.free = list(raw.header)

    def take(self, role: str, names: Sequence[str], why: str = "") -> None:
        if names:
            self.columns[role] = tuple(names)
            self.why[role] = why or f"by the name {listed(names)}"
            self.free = [name for name in self.free if name not in names]

    def named(self, role: str, fits: Callable[[Looks], bool] = lambda _: True, level: int = 0) -> list[str]:
        """The free columns whose names say `role`, the clearest first."""
        ranked = [
            (one.rank, place, name)
            for place, name in enumerate(self.free)
            for one in meanings(name)
            if one.role == role and one.level == level and fits(self.look[name])
        ]
        return list(dict.fromkeys(name for _, _, name in sorted(ranked)))

    def as_free(self) -> Free:
        return Free(tuple(self.free), self.look, frozenset(self.columns), self.raw)


def _position(found: Found) -> None:
    def possible(name: str) -> bool:
        look = found.look[name]
        seen = look.angle + look.number
        return not look.filled or (seen >= 0.5 if _PLANE.fullmatch(plain_name(name)) else look.length < 40)

    lats = [name for name in found.named("lat") if possible(name)]
    lons = [name for name in found.named("lon") if possible(name)]
    pairs = [(lat, lon) for lat in lats for lon in lons if _stem(lat) == _stem(lon)]
    if pairs or (lats and lons):
        lat, lon = pairs[0] if pairs else (lats[0], lons[0])
        found.take("lat", [lat])
        found.take("lon", [lon])
        if len(pairs) > 1:
            other = listed(pairs[1])
            found.notices.append(f"Coordinates were taken from {listed([lat, lon])}; {other} is another pair.")
        return
    points = found.named("point", lambda look: look.pair >= 0.3)
    points += [name for name in found.named("where") if found.look[name].pair >= 0.7]
    found.take("point", points[:1])


def _stem(name: str) -> str:
    words = plain_name(name).split()
    return " ".join(re.sub(r"^(?:lat|lon|lng|long|x|y)(?:itude|itud|gitude|gitud)?$", "", word) for word in words)


def _times(found: Found) -> None:
    """When and end, each from one column with dates, or from columns of years, months and days; and times beside."""
    dated = [name for name in found.named("when") if found.look[name].date >= 0.5]
    sides = _sides(found, lambda look: look.date >= 0.5)
    if not dated and not sides:
        for role, prefixes in (("when", ("", "start ", "begin ")), ("end", ("end ",))):
            if parts := _dated_by_parts(found, prefixes):
                found.take(role, parts, f"by the names {listed(parts)}")
    if "when" not in found.columns:
        candidates = dated or sides[:1] or found.named("time", lambda look: look.date >= 0.5)
        weak = [name for name in found.named("when") if name not in candidates and found.look[name].time < 0.5]
        years = found.named("year", lambda look: look.year >= 0.5 or look.date >= 0.5)
        found.take("when", (candidates or weak or years)[:1])
    ends = found.named("end", lambda look: look.time < 0.5) or sides[1:] if "end" not in found.columns else []
    ends = ends or (found.named("end_time", lambda look: look.date >= 0.5) if "end" not in found.columns else [])
    found.take("end", ends[:1])
    clock = [*found.named("time"), *found.named("when", lambda look: look.time >= 0.5)]
    found.take("time", [name for name in clock if not found.look[name].date >= 0.5][:1])
    found.take("end_time", [*found.named("end_time"), *found.named("end", lambda look: look.time >= 0.5)][:1])


def _dated_by_parts(found: Found, prefixes: tuple[str, ...]) -> list[str]:
    plain = {plain_name(name): name for name in reversed(found.free)}
    for prefix in prefixes:
        if prefix == "end ":
            parts = [plain[f"end {part}"] for part in _PARTS_OF_DATES if f"end {part}" in plain]
            return parts if parts and plain_name(parts[0]) == "end year" else []
        named = [
            [n for n in found.named(part, lambda look: look.number >= 0.5 or look.name >= 0.5) if _has(n, prefix)]
            for part in _PARTS_OF_DATES
        ]
        if named[0] and named[1]:
            return [names[0] for names in named if names]
    return []


def _has(name: str, prefix: str) -> bool:
    return plain_name(name).startswith(prefix) if prefix else True


def _sides(found: Found, fits: Callable[[Looks], bool]) -> list[str]:
    """The two columns "from" and "to", where both fit."""
    plain = {plain_name(name): name for name in reversed(found.free)}
    for pair in _BOTH_SIDES:
        names = [plain[word] for word in pair if word in plain]
        if len(names) == 2 and all(fits(found.look[name]) for name in names):
            return names
    return []


def _id(found: Found) -> None:
    named = found.named("id", lambda look: look.length <= 60 and look.date < 0.8)
    for name in named[:1]:
        cells = [cell for cell in found.raw.column(name) if cell]
        if len(cells) >= 20 and len(set(cells)) < len(cells) / 5:
            found.notices.append(f"'{clipped(name, 40)}' repeats itself from row to row: it is no key of an event.")
        else:
            found.take("id", [name])


def _people(found: Found) -> None:
    def somebody(look: Looks) -> bool:
        counted = look.number >= 0.8 and look.highest < 10_000
        return look.length <= 120 and not counted and look.date < 0.8

    found.take("remote", found.named("remote", somebody)[:1])
    named = found.named("who", somebody)
    strong = [name for name in named if not _weak(name)]
    first, last = found.named("first")[:1], found.named("last")[:1]
    if not strong and first + last:
        nombre = [name for name in found.named("name") if not first and _reads(name, "nombre", "name")]
        found.take("first", first or nombre[:1])
        found.take("last", last)
        return
    called = found.named("name", somebody)
    if strong:
        found.take("who", sorted(strong, key=found.raw.header.index))
    elif called and not _is_place(called[0], found):
        found.take("who", called[:1])
    elif not called and "who" not in found.columns:
        calls = _sides(found, somebody) if "remote" not in found.columns else []
        found.take("who", named[:1] or calls[:1])
        found.take("remote", calls[1:] if not named else [])


def _weak(name: str) -> bool:
    return plain_name(name) in _WEAK_WHO or plain_name(name).startswith(("assoc", "inter"))


def _reads(name: str, *words: str) -> bool:
    return plain_name(name) in words


def _is_place(name: str, found: Found) -> bool:
    """Whether a column called "name" names places: those of a map, or of a table with coordinates and no other word."""
    if any(found.named("where", level=level) for level in (0, 1)):
        return False
    if found.raw.kind == "KML":
        return True
    located = "lat" in found.columns or "point" in found.columns
    return located and (found.look[name].place >= 0.2 or "when" not in found.columns)


def _where(found: Found) -> None:
    def told(look: Looks) -> bool:
        return look.pair < 0.7 and look.number < 0.9 and look.date < 0.8

    levels = [found.named("where", told, level)[:1] for level in range(6)]
    if not levels[0] and "who" not in found.columns:
        levels[0] = [name for name in found.named("name") if _is_place(name, found)][:1]
    if not any(levels[:4]) and levels[4] and _reads(levels[4][0], "state", "estado"):
        levels[4] = [name for name in levels[4] if levels[5]]  # a state of affairs, unless it lies in a country
    names = [name for level in levels for name in level]
    found.take("where", names, f"by the names {listed(names)}, from narrow to wide" if len(names) > 1 else "")


def _texts(found: Found) -> None:
    what = found.named("what", lambda look: look.number < 0.9) or found.named("name")
    summaries = found.named("summary", lambda look: look.number < 0.9)
    if not what:
        what, summaries = summaries[:1], summaries[1:]
    found.take("what", what[:1])
    found.take("summary", summaries[:1])


def _rest(found: Found) -> None:
    found.take("radius", found.named("radius", lambda look: look.number >= 0.5)[:1])
    for role in ("chapter", "outcome", "source"):
        found.take(role, found.named(role)[:1])


def listed(names: Iterable[str]) -> str:
    """The names in quotes, for a sentence."""
    return " and ".join(f"'{clipped(name, 40)}'" for name in names)
