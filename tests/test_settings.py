import tomllib

from streamlit import config

from dashboard import settings
from tests.serving import ROOT


def test_every_setting_of_the_file_is_given_by_its_dotted_name():
    told = settings.options()
    assert told["browser.gatherUsageStats"] is False
    assert told["theme.dark.backgroundColor"].startswith("#")
    assert len(told) == sum(1 for line in settings.path().read_text("utf-8").splitlines() if " = " in line)


def test_every_setting_is_one_that_streamlit_knows():
    assert settings.options().keys() <= config.get_config_options().keys()


def test_a_clone_reads_the_file_at_its_top():
    assert settings.path() == ROOT / ".streamlit" / "config.toml"


def test_an_installed_package_reads_the_file_it_carries(tmp_path, monkeypatch):
    beside = tmp_path / "dashboard" / ".streamlit"
    beside.mkdir(parents=True)
    (beside / "config.toml").write_text("[client]\nshowErrorDetails = 'none'\n")
    monkeypatch.setattr(settings, "HERE", tmp_path / "dashboard")
    assert settings.options() == {"client.showErrorDetails": "none"}


def test_the_package_that_is_built_carries_the_file():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {".streamlit/config.toml": "dashboard/.streamlit/config.toml"}


def test_no_viewer_sees_a_stack_trace_and_nothing_is_reported_home():
    told = settings.options()
    assert told["client.showErrorDetails"] == "none"
    assert told["browser.gatherUsageStats"] is False
