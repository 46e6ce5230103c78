from click.testing import CliRunner

from dashboard.__main__ import main


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_synthetic_story_is_written_and_its_command_said(tmp_path):
    done = run("new", "--synthetic", 1_000, tmp_path / "city")
    assert done.exit_code == 0
    assert f"1,000 invented events is in {tmp_path / 'city'}; open it with: caseboard open" in done.output
    assert {path.name for path in (tmp_path / "city").iterdir()} == {"story.toml", "events.parquet", "people.csv"}


def test_a_synthetic_story_may_be_csv(tmp_path):
    assert run("new", "--synthetic", 1_000, "--csv", tmp_path / "city").exit_code == 0
    assert (tmp_path / "city" / "events.csv").read_text("utf-8").count("\n") == 1_001


def test_another_seed_is_another_story(tmp_path):
    for seed in (7, 8):
        run("new", "--synthetic", 1_000, "--seed", seed, tmp_path / str(seed))
    assert (tmp_path / "7" / "people.csv").read_bytes() != (tmp_path / "8" / "people.csv").read_bytes()


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = run("new", "--synthetic", 10, tmp_path)
    assert done.exit_code == 2
    assert "is not empty; name a new folder" in done.output


def test_no_event_at_all_is_a_mistake_of_usage(tmp_path):
    assert run("new", "--synthetic", 0, tmp_path / "none").exit_code == 2


def test_a_large_story_is_checked_but_for_its_events(tmp_path):
    run("new", "--synthetic", 1_000, tmp_path / "city")
    done = run("check", tmp_path / "city")
    assert (done.exit_code, "city: 1,000 events in events.parquet, 0 faults beside them" in done.output) == (0, True)


def test_a_large_story_is_exported_and_not_geocoded(tmp_path):
    run("new", "--synthetic", 1_000, tmp_path / "city")
    exported = run("export", tmp_path / "city", "-o", tmp_path / "city.csv")
    geocoded = run("geocode", tmp_path / "city")
    assert (exported.exit_code, len((tmp_path / "city.csv").read_text("utf-8").splitlines())) == (0, 1_001)
    assert (geocoded.exit_code, "asked for when it is imported" in geocoded.output) == (2, True)
