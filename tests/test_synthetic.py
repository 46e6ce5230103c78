"""The synthetic story: the same for everybody, and alive: days have a rhythm, places a rank, people a home."""

import math
import tomllib

import numpy as np
import pandas as pd
import pytest

from geo.errors import GeoError
from geo.meta import read_meta
from geo.synthetic import DAYS, FIRST_DAY, write_synthetic

COUNT = 40_000
DAY = 86_400


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "city"
    write_synthetic(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def events(folder):
    return pd.read_parquet(folder / "events.parquet")


def test_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    write_synthetic(tmp_path / "again", COUNT)
    for name in ("events.parquet", "people.csv", "story.toml"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_another_seed_gives_another_story(events, tmp_path):
    write_synthetic(tmp_path / "other", COUNT, seed=8)
    other = pd.read_parquet(tmp_path / "other" / "events.parquet")
    assert not other["at"].equals(events["at"])


def test_the_draws_are_those_of_every_machine(tmp_path):
    write_synthetic(tmp_path / "few", 1_000)
    few = pd.read_parquet(tmp_path / "few" / "events.parquet")
    assert (few["at"].sum(), round(few["lat"].sum(), 6), few["title"][500]) == (
        810035455064.0,
        34027.941425,
        "Aya Vargas is at Amsel's Pawnshop, Hawthorne",
    )


@pytest.mark.parametrize("count", [1, 2, 17, 999, 123_456])
def test_there_are_as_many_events_as_asked_for(count, tmp_path):
    assert write_synthetic(tmp_path / "some", count).count == count
    some = pd.read_parquet(tmp_path / "some" / "events.parquet")
    assert len(some) == count == some["id"].nunique()


def test_events_stand_in_the_order_of_time(events):
    assert events["at"].is_monotonic_increasing
    assert (events["until"] >= events["at"]).all()
    assert events["at"].between(FIRST_DAY * DAY, (FIRST_DAY + DAYS) * DAY, inclusive="left").all()


@pytest.mark.parametrize(("count", "seed"), [(COUNT, 7), (3_000, 1), (250_000, 2)])
def test_nobody_is_at_two_places_at_once_or_comes_faster_than_a_car(count, seed, tmp_path):
    write_synthetic(tmp_path / "city", count, seed)
    events = pd.read_parquet(tmp_path / "city" / "events.parquet").dropna(subset="lat")
    events["person"] = events["people"].str.split(";")
    present = events.explode("person").sort_values(["person", "at"], kind="stable")
    one, other = present.iloc[:-1].reset_index(), present.iloc[1:].reset_index()
    moved = (one["person"] == other["person"]) & (one["place"] != other["place"])
    one, other = one[moved], other[moved]
    assert len(one) > count / 3
    km = np.hypot((one["lat"] - other["lat"]) * 111.2, (one["lon"] - other["lon"]) * 92.3)
    km -= (one["radius_m"] + other["radius_m"]) * np.sqrt(3) / 1_000  # an event is reported so far away at most
    hours = (other["at"] - one["until"]) / 3_600
    assert (hours > 0).all()
    assert (km <= np.where(km < 60, 60, 110) * hours).all()


def test_nobody_has_more_than_a_full_day(events):
    present = events.assign(person=events["people"].str.split(";"), day=events["at"] // DAY).explode("person")
    assert present.groupby(["person", "day"]).size().mean() < 10
    assert present.groupby("person").size().max() / DAYS < 25


def test_the_night_is_quieter_than_the_day(events):
    hours = (events["at"] % DAY // 3600).value_counts().sort_index()
    assert hours.loc[2:4].mean() < hours.loc[10:20].mean() / 3


def test_people_work_less_at_the_weekend(events):
    weekday = (events["at"] // DAY + 3) % 7
    works = events["title"].str.contains(" work at ")
    assert works[weekday >= 5].mean() < works[weekday < 5].mean() / 3


def test_few_places_see_much_of_it(events):
    counts = events.loc[~events["place"].str.startswith("Home of", na=True), "place"].value_counts()
    assert counts.iloc[0] > 20 * counts.median()
    assert counts.iloc[: len(counts) // 10].sum() > 0.4 * counts.sum()


def test_people_stay_near_their_homes(events):
    first = events["people"].str.split(";").str[0]
    home = events.loc[events["place"].str.startswith("Home of", na=False)].groupby(first)[["lat", "lon"]].median()
    own = home.reindex(first).set_axis(events.index)
    km = np.hypot((events["lat"] - own["lat"]) * 111.2, (events["lon"] - own["lon"]) * 92.3)
    strangers = home.sample(frac=1, random_state=1).set_axis(home.index).reindex(first).set_axis(events.index)
    elsewhere = np.hypot((events["lat"] - strangers["lat"]) * 111.2, (events["lon"] - strangers["lon"]) * 92.3)
    assert km.median() < 0.6 * elsewhere.median()
    assert km.median() < 10


def test_some_people_go_on_a_journey(events):
    far = events["lat"] > 35
    days = (events.loc[far, "at"] // DAY).groupby(events.loc[far, "people"].str.split(";").str[0]).agg(["min", "max"])
    assert 0 < far.mean() < 0.05
    assert (days["max"] - days["min"] <= 6).all()


def test_incidents_gather_people_in_a_short_time(events):
    hours = (events["at"] // 3600).value_counts()
    assert hours.iloc[0] > 4 * hours.median()


def test_several_people_take_part_in_some_events(events):
    count = events["people"].str.split(";").map(len)
    distinct = events["people"].str.split(";").map(lambda ids: len(set(ids)))
    assert set(count) == {1, 2, 3, 4}
    assert count.equals(distinct)


def test_an_event_has_the_group_of_its_first_person(events, folder):
    groups = pd.read_csv(folder / "people.csv").set_index("id")["group"]
    assert events["group"].tolist() == groups.loc[events["people"].str.split(";").str[0]].tolist()


def test_a_place_that_is_not_known_has_no_position_either(events):
    unknown = events["place"].isna()
    assert 0 < unknown.mean() < 0.01
    assert events["lat"].isna().equals(unknown)
    assert events["lon"].isna().equals(unknown)


def test_names_are_used_once(folder):
    people = pd.read_csv(folder / "people.csv")
    assert people["name"].is_unique
    assert people["id"].is_unique


def test_story_toml_says_what_is_in_the_file(events, folder):
    meta, faults = read_meta((folder / "story.toml").read_bytes(), "city")
    assert faults == []
    assert meta.events.count == COUNT
    assert meta.events.first == events["at"].min()
    assert meta.events.last == max(events["at"].max(), events["until"].max())
    west, south, east, north = meta.events.bounds
    assert (west, east) == (events["lon"].min(), events["lon"].max())
    assert (south, north) == (events["lat"].min(), events["lat"].max())
    assert tomllib.loads((folder / "story.toml").read_text("utf-8"))["groups"].keys() == set(events["group"])


def test_as_csv_the_same_events_have_dates(events, tmp_path):
    write_synthetic(tmp_path / "text", COUNT, csv=True)
    text = pd.read_csv(tmp_path / "text" / "events.csv", parse_dates=["at"])
    assert text["id"].tolist() == events["id"].tolist()
    assert text["at"].astype("datetime64[s]").astype("int64").tolist() == events["at"].tolist()
    assert math.isclose(text["lat"].sum(), events["lat"].sum())


def test_how_far_it_is_can_be_followed(tmp_path):
    heard = []
    write_synthetic(tmp_path / "some", 250_000, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 250_000


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(GeoError, match="is not empty"):
        write_synthetic(tmp_path, 10)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_is_broken_off_leaves_nothing(tmp_path):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_synthetic(tmp_path / "half", 200_000, progress=stop)
    assert list(tmp_path.iterdir()) == []
