from collections import Counter
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from geo.bins import AT_ONCE, bins, counted, few
from geo.bounded import bounded
from geo.engine_people import by_group, by_person
from geo.errors import GeoError
from geo.join import folded
from geo.quads import ZOOM, quads
from geo.query import MOST_CELLS, Query
from tests.engines import in_duckdb, in_spark

PEOPLE = {
    "ann": "crew",
    "bob": "crew",
    "cleo": "crew",
    "dan": "law",
    "eve": "law",
    "al": "others",
    "o'b\\n.*": "others",
}
WORDS = ["bank", "Königin", "KEY", "straße", "Ärger; 100%", "o'neil_", "bänke", "c:\\new"]
SECONDS = 1_000.0
MINUTE = Query(start=5e-324, end=SECONDS, steps=7)  # by numbers whose products are too small for a float
GENERATED = (Phase.explicit, Phase.generate)  # a smaller example is not worth a hundred questions to Spark


def many(count=3_000):
    """Events all over the world, at its edges, a hair from the equator, by the date line, nowhere, and with nobody."""
    random = np.random.default_rng(11)
    lat, lon = random.uniform(-90, 90, count), random.uniform(-180, 180, count)
    lat[: count // 2], lon[: count // 2] = random.normal(52.5, 0.05, count // 2), random.normal(13.4, 0.05, count // 2)
    lat[:8], lon[:8] = [90, -90, 0, 0, 85.06, -85.06, 52.5, 52.5], [180, -180, 0, -0.0, 180, -180, 13.4, 13.4]
    lat[8:12] = [1e-200, -1e-200, 5e-324, -5e-324]
    lon[-300:-150], lon[-150:] = random.uniform(179, 180, 150), random.uniform(-180, -179, 150)
    at = np.round(random.uniform(0, SECONDS, count), random.integers(0, 4))
    at[8:20] = [0, SECONDS, 100, 200, 300, 333.3333333333333, 500, 250, 125, 999.999, 666.6666666666666, 1e-300]
    at[20:24] = [5e-324, 1e-320, 0, 0]
    people = [";".join(random.choice([*PEOPLE], random.integers(0, 4), replace=False)) for _ in range(count)]
    title = [" ".join(random.choice(WORDS, random.integers(1, 3))) for _ in range(count)]
    frame = pd.DataFrame({"id": [f"e{n:05}" for n in range(count)], "title": title, "at": at, "lat": lat, "lon": lon})
    frame["until"] = at + np.where(random.random(count) < 0.3, random.exponential(40, count), 0)
    frame.loc[frame.index % 23 == 3, "until"] = np.nan
    frame.loc[20:23, "until"] = 50.0
    frame["people"] = people
    frame["group"] = [PEOPLE.get(names.partition(";")[0]) for names in people]
    frame.loc[frame.index % 17 == 3, ["lat", "lon"]] = np.nan
    frame.loc[frame.index % 19 == 3, "lon"] = np.nan
    return frame


FRAME = many()
TABLE = pa.Table.from_pandas(FRAME, preserve_index=False)
SPOTS = [spot for spot in zip(FRAME["lat"], FRAME["lon"], strict=True) if abs(spot[0]) < 80 and abs(spot[1]) <= 180]


def with_more(table):
    """The table with the columns an import adds."""
    x, y = quads(FRAME["lat"], FRAME["lon"])
    for name, values in {"qx": x, "qy": y}.items():
        table = table.append_column(name, pa.array(values, pa.int32(), mask=values < 0))
    return table.append_column("folded", pa.array([folded(text) for text in FRAME["title"]]))


@st.composite
def bounds(draw):
    """Bounds and a zoom: anywhere, over the date line, a city, or around one event as deep as cells go."""
    kind = draw(st.sampled_from(["anywhere", "date line", "city", "event"]))
    south, north = sorted(draw(st.tuples(st.floats(-90, 90), st.floats(-90, 90))))
    if kind == "anywhere":
        return (draw(st.floats(-180, 180)), south, draw(st.floats(-180, 180)), north), draw(st.integers(0, 6))
    if kind == "date line":
        return (draw(st.floats(179, 180)), south, draw(st.floats(-180, -179)), north), draw(st.integers(0, 8))
    if kind == "city":
        west, east = sorted(draw(st.tuples(st.floats(13.2, 13.6), st.floats(13.2, 13.6))))
        return (west, 52.4, east, 52.6), draw(st.integers(0, 14))
    lat, lon = draw(st.sampled_from(SPOTS))
    zoom = draw(st.integers(8, ZOOM))
    wide = 50 * 360 / 2**zoom
    return (max(-180.0, lon - wide), lat - wide / 8, min(180.0, lon + wide), lat + wide / 8), zoom


@st.composite
def queries(draw):
    start, end = sorted(draw(st.tuples(*[st.floats(0, SECONDS) | st.integers(0, 10).map(lambda n: n * 100.0)] * 2)))
    some = st.lists(st.sampled_from([*PEOPLE, "nobody"]), max_size=3).map(tuple)
    crew, match = draw(some), draw(st.sampled_from(["any", "all", "only"]))
    rivals = tuple(name for name in PEOPLE if PEOPLE[name] in {PEOPLE.get(one) for one in crew})
    q = draw(
        st.sampled_from(["", "", "bank", "konigin", "KEY bank", "100%", "o'neil_", "strasse", ";", "c:\\new", ".*"])
    )
    return Query(*draw(bounds()), start, end, draw(st.integers(1, 50)), crew, match, rivals, q)


def reference(frame, query):
    """What `few` says of everything, by pandas and plain Python."""
    x, y = quads(frame["lat"], frame["lon"])
    x, y = x >> (ZOOM - query.zoom), y >> (ZOOM - query.zoom)
    under_way = (frame["at"] >= query.start) | (frame["until"] > frame["at"]) & (frame["until"] > query.start)
    keep = (x >= 0) & under_way & (frame["at"] <= query.end)
    keep &= (y >= query.rows[0]) & (y <= query.rows[1])
    keep &= np.logical_or.reduce([(x >= west) & (x <= east) for west, east in query.columns])
    if query.crew:
        crew, rivals = set(query.crew), set(query.rivals)
        named = [{*text.split(";")} for text in frame["people"]]
        passes = {
            "any": lambda one: bool(one & crew),
            "all": lambda one: crew <= one,
            "only": lambda one: bool(one & crew) and one & rivals <= crew,
        }[query.match]
        keep &= np.array([passes(one) for one in named])
    keep &= np.array([all(word in folded(text) for word in query.words) for text in frame["title"]])
    span = query.end - query.start
    passed = frame["at"] - query.start
    step = np.floor(passed.where(passed >= AT_ONCE, 0.0) * query.steps / span) if span else frame["at"] * 0
    found = frame.assign(x=x, y=y, step=step.clip(0, query.steps - 1), group=frame["group"].fillna(""))
    return found[keep].astype({"step": int})


def binned(frame, query):
    found = reference(frame, query).groupby(["x", "y", "step", "group"]).size()
    return [(*key, count) for key, count in found.items()]


def rows(table):
    return [tuple(row.values()) for row in table.to_pylist()]


@pytest.fixture(scope="module")
def duck():
    return in_duckdb(with_more(TABLE))


@pytest.fixture(scope="module")
def spark():
    return in_spark(with_more(TABLE))


@given(queries())
@example(MINUTE)
def test_duckdb_counts_what_pandas_counts(duck, query):
    assert rows(bounded(bins(duck, query), 120)) == binned(FRAME, query)


@given(queries())
@example(MINUTE)
@settings(max_examples=20)
def test_the_cells_computed_are_the_cells_in_the_file(duck, query):
    assert rows(bounded(bins(duck.drop("qx", "qy"), query), 120)) == binned(FRAME, query)


@given(queries())
@example(MINUTE)
@settings(max_examples=12, phases=GENERATED)
def test_spark_and_duckdb_count_alike(duck, spark, query):
    assert bounded(bins(spark, query), 120).equals(bounded(bins(duck, query), 120))


@given(queries())
@example(MINUTE)
@settings(max_examples=4, phases=GENERATED)
def test_spark_and_duckdb_compute_the_same_cells(duck, spark, query):
    one, other = (table.drop("qx", "qy", "folded") for table in (spark, duck))
    assert bounded(bins(one, query), 120).equals(bounded(bins(other, query), 120))


@given(queries())
@example(MINUTE)
@settings(max_examples=20)
def test_the_events_themselves_are_those_counted_in_their_order(duck, query):
    expected = reference(FRAME, query).sort_values(["at", "id"])["id"].tolist()
    assert bounded(few(duck, query), 120)["id"].to_pylist() == expected
    assert bounded(few(duck, query, 3), 120)["id"].to_pylist() == expected[:3]
    assert bounded(counted(duck, query), 120)["placed"].to_pylist() == [len(expected)]


@given(queries())
@example(MINUTE)
@settings(max_examples=8, phases=GENERATED)
def test_spark_and_duckdb_tell_the_same_events_and_how_many_have_no_place(duck, spark, query):
    assert bounded(few(spark, query, 50), 120).equals(bounded(few(duck, query, 50), 120))
    assert bounded(counted(spark, query), 120).equals(bounded(counted(duck, query), 120))


def test_spark_and_duckdb_count_the_events_of_each_person_and_group_alike(duck, spark):
    for question in (by_person, by_group):
        assert bounded(question(spark), 120).equals(bounded(question(duck), 120))
    named = [name for names in FRAME["people"] for name in names.split(";") if name]
    assert {row["id"]: row["count"] for row in bounded(by_person(duck), 120).to_pylist()} == Counter(named)


def test_the_events_have_their_own_columns_alone(duck):
    assert bounded(few(duck, Query(), 1), 120).column_names == TABLE.column_names


def test_events_without_a_place_are_counted_wherever_the_bounds_are(duck):
    nowhere = int((FRAME["lat"].isna() | FRAME["lon"].isna()).sum())
    found = bounded(counted(duck, Query(bounds=(0.0, 0.0, 1.0, 1.0), zoom=8)), 120)
    assert found["unplaced"].to_pylist() == [nowhere]


@pytest.mark.parametrize("engine", [in_duckdb, partial(in_spark, name="nothing")], ids=["duckdb", "spark"])
def test_an_empty_table_has_no_bins(engine):
    table = engine(with_more(TABLE).slice(0, 0))
    assert rows(bounded(bins(table, Query()), 120)) == []
    assert rows(bounded(counted(table, Query()), 120)) == [(0, 0)]


def one(**values):
    row = {"id": "a", "title": "t", "at": 0.0, "lat": 1.0, "lon": 1.0, "people": "", "group": "g"} | values
    return in_duckdb(pa.table({name: [value] for name, value in row.items()}))


@pytest.mark.parametrize(("at", "step"), [(0.0, 0), (9.999, 0), (10.0, 1), (99.0, 9), (100.0, 9)])
def test_a_step_has_its_beginning_and_the_last_step_the_end_too(at, step):
    table = one(at=at)
    assert bounded(bins(table, Query(start=0.0, end=100.0, steps=10)), 120)["step"].to_pylist() == [step]


@pytest.mark.parametrize("at", [-0.001, 100.001, float("nan"), float("inf"), float("-inf")])
def test_what_lies_outside_the_interval_is_left_out(at):
    assert bounded(bins(one(at=at), Query(start=0.0, end=100.0)), 120).num_rows == 0


def test_an_instant_is_an_interval():
    assert bounded(bins(one(at=5.0), Query(start=5.0, end=5.0, steps=9)), 120)["step"].to_pylist() == [0]


def test_a_person_is_not_found_in_the_longer_id_of_another():
    assert bounded(bins(one(people="annabel;joann"), Query(crew=("ann",))), 120).num_rows == 0


def test_without_a_folded_column_case_does_not_count():
    table = one(title="Die KÖNIGIN")
    assert bounded(bins(table, Query(q="königin die")), 120).num_rows == 1
    assert bounded(bins(table, Query(q="konigin")), 120).num_rows == 0


def test_bounds_over_the_date_line_have_both_sides_of_it():
    query = Query(bounds=(179.0, -10.0, -179.0, 10.0), zoom=6)
    assert [bounded(bins(one(lon=lon), query), 120).num_rows for lon in (179.5, -179.5, 0.0)] == [1, 1, 0]


def test_bounds_that_go_nearly_around_the_world_have_every_cell_once():
    query = Query(bounds=(10.0, -10.0, 9.0, 10.0), zoom=2)
    assert query.columns == ((0, 3),)


@pytest.mark.parametrize(
    "bad",
    [
        {"zoom": 25},
        {"zoom": -1},
        {"zoom": 1.5},
        {"steps": 0},
        {"steps": 1_001},
        {"bounds": (0.0, 10.0, 1.0, 5.0)},
        {"bounds": (0.0, 0.0, 181.0, 5.0)},
        {"bounds": (0.0, 0.0, float("nan"), 5.0)},
        {"bounds": (0.0, 0.0, 5.0)},
        {"start": float("nan")},
        {"start": 2.0, "end": 1.0},
        {"end": float("inf")},
        {"match": "none"},
        {"crew": ("a;b",)},
        {"crew": ("",)},
        {"crew": tuple(map(str, range(201)))},
        {"q": "x" * 201},
        {"q": "a b c d e f g h i"},
        {"zoom": 8},
    ],
)
def test_a_question_out_of_range_is_refused_in_a_sentence(bad):
    with pytest.raises(GeoError, match=r"^[^\n]+; [^\n]+$"):
        Query(**bad)


def test_as_many_cells_as_allowed_are_allowed():
    assert Query(zoom=7).cells == 4**7 <= MOST_CELLS
