import ast
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.serving import ROOT

# --- The architecture. A module may import what a row gives it; what no row names is free to all. ---

STREAMLIT = [
    "dashboard/controls.py",
    "dashboard/board.py",
    "dashboard/panels/*.py",
    "dashboard/workshop/*.py",
    "dashboard/page.py",
]
STARTS_IT = ["dashboard/app.py", "dashboard/__main__.py"]
FOLIUM = ["dashboard/story_map.py", "dashboard/publish.py"]
ENGINES = [
    "geo/expressions.py",
    "geo/bins*.py",
    "geo/bounded.py",
    "geo/engine*.py",
    "geo/import_toponyms.py",
]  # who asks about large stories
NETWORK = ["geo/geocoder.py", "geo/service.py", "geo/adapter.py"]  # the geocoding boundary

MAY_IMPORT = {
    "streamlit": [*STREAMLIT, *STARTS_IT],
    "folium": FOLIUM,
    "branca": FOLIUM,
    "requests": NETWORK,
    "urllib3": NETWORK,
    "urllib.request": NETWORK,
    "http.client": NETWORK,
    "httpx": NETWORK,
    "aiohttp": NETWORK,
    "ssl": NETWORK,
    "ftplib": NETWORK,
    "smtplib": NETWORK,
    "geopy.adapters": NETWORK,
    "geopy.extra": NETWORK,
    # The gazetteer is itself a geocoder: it needs the base class.
    "geopy.geocoders": [*NETWORK, "geo/gazetteer.py", "geo/providers.py"],
    "ibis": ENGINES,
    "duckdb": ENGINES,
    "pyspark": ENGINES,
    "PIL": ["dashboard/ink.py", "dashboard/letters.py"],
    "openpyxl": ["geo/workbook.py", "geo/sheet.py", "geo/sheet_cells.py"],
    "fastkml": ["geo/placemark*.py", "geo/kml*.py", "geo/as_kml.py"],
    # The command looks for a free port of this machine; the server sends small answers at once; a Spark may be away.
    "socket": [*NETWORK, "dashboard/ports.py", "dashboard/server.py", "geo/engine_spark.py"],
    "dashboard": ["dashboard/*.py", "dashboard/panels/*.py", "dashboard/workshop/*.py"],
    "dashboard.controls": ["dashboard/page.py", "dashboard/panels/*.py"],
    "dashboard.board": ["dashboard/page.py"],
    "dashboard.panels": ["dashboard/page.py", "dashboard/panels/*.py", "dashboard/workshop/*.py"],
    "dashboard.workshop": ["dashboard/page.py", "dashboard/panels/chooser.py", "dashboard/workshop/*.py"],
    "dashboard.page": [],
    "dashboard.app": ["dashboard/__main__.py"],
    "dashboard.__main__": [],
    "pickle": [],
    "marshal": [],
    "shelve": [],
}

LEAFLET = ["layer.js", "cellmap.js", "map.js", "schematic.js", "base.js", "rings.js", "pin.js", "load.js"]

# Modules over 250 lines, and why that is right.
LONG: dict[str, str] = {
    "dashboard/static/board.js": "the wiring of every part of the board, in the order it happens",
    "dashboard/static/layer.js": "the state of one canvas, which every part of the drawing shares",
    "dashboard/static/schematic.js": "one canvas and the names on it, kept through pan and zoom",
    "dashboard/static/timeline.js": "one drawing: its layers share one geometry",
    "dashboard/static/transport.js": "every control of time, and the keys that do the same",
    "dashboard/view.py": "one row a parameter, in both directions, with what each value may be",
    "geo/clock.py": "two kinds of clock, each read, written and said in words",
    "geo/tables.py": "the columns of three tables, one line each, and the checks they name",
}

HOSTS_IN_SCRIPTS = {
    "www.w3.org": "the name of the SVG namespace, never fetched",
    "www.openstreetmap.org": "attribution",
    "openstreetmap.org": "attribution",
    "carto.com": "attribution",
    "leafletjs.com": "attribution",
}

TOP_LEVEL = {"pyproject.toml", "dashboard", "geo", "tests", "README.md", "LICENSE", "CHANGELOG.md"}
HOSTING = {"Dockerfile", "Procfile", "requirements.txt", "packages.txt", "compose.yaml"}
DOTTED = {".streamlit", ".ci", ".github", ".gitignore", ".gitattributes", ".dockerignore", ".editorconfig"}


# --- What is held against it ---


class Import(NamedTuple):
    module: str
    line: int
    name: str


def sources(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PYTHON = sources("geo/**/*.py", "dashboard/**/*.py")
SCRIPTS = sources("dashboard/static/**/*.js")
each_module = pytest.mark.parametrize("path", PYTHON, ids=named)
each_script = pytest.mark.parametrize("path", SCRIPTS, ids=named)


def imports(path: Path) -> Iterator[Import]:
    """Every import of a module, also inside functions; `from a import b` counts as `a` and as `a.b`."""
    package = named(path).removesuffix(".py").replace("/", ".").split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(named(path), node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield Import(named(path), node.lineno, origin)
            for alias in node.names:
                yield Import(named(path), node.lineno, f"{origin}.{alias.name}")


def offences(found: Import) -> Iterator[str]:
    for name, allowed in MAY_IMPORT.items():
        within = found.name == name or found.name.startswith(f"{name}.")
        itself = name.startswith("dashboard") and found.module.startswith(name.replace(".", "/"))
        if within and not itself and not any(fnmatch(found.module, pattern) for pattern in allowed):
            yield f"{found.module}:{found.line} imports {found.name}; only {allowed or 'nobody'} may"


@each_module
def test_a_module_imports_only_what_the_table_gives_it(path):
    assert not [offence for found in imports(path) for offence in offences(found)]


def test_the_table_catches_an_import_inside_a_function(tmp_path):
    found = Import("geo/clock.py", 7, "folium.plugins")
    assert list(offences(found)) == [f"geo/clock.py:7 imports folium.plugins; only {FOLIUM} may"]
    assert list(offences(Import("geo/join.py", 1, "dashboard.view")))
    assert not list(offences(Import("dashboard/page.py", 1, "streamlit")))


def test_modules_do_not_import_each_other_in_a_circle():
    names = {named(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in PYTHON}
    graph = {name: {found.name for found in imports(path)} & names.keys() - {name} for name, path in names.items()}
    while leaves := {name for name, needed in graph.items() if not needed & graph.keys()}:
        graph = {name: needed for name, needed in graph.items() if name not in leaves}
    assert not graph


def test_the_page_is_a_table_of_contents():
    assert len((ROOT / "dashboard" / "page.py").read_text("utf-8").splitlines()) < 80


@pytest.mark.parametrize("path", [*PYTHON, *SCRIPTS], ids=named)
def test_a_module_is_short_or_gives_a_reason(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= 250 or named(path) in LONG


def test_every_reason_for_a_long_module_is_still_needed():
    assert [name for name in LONG if len((ROOT / name).read_text("utf-8").splitlines()) < 200] == []


@each_module
def test_a_module_says_in_its_first_line_what_it_knows(path):
    told = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert told
    assert re.fullmatch(r"[A-Z`].{10,}[.:]", told.splitlines()[0])


@each_script
def test_a_script_is_type_checked_and_says_first_what_it_knows(path):
    assert re.match(r"// @ts-check\n/\*\*(?: |\n \* )[A-Z`].{10,}", path.read_text("utf-8"))


@pytest.mark.parametrize("path", sources("geo/**/*.py"), ids=named)
def test_every_public_name_of_the_library_has_a_docstring(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [n for n in ast.parse(path.read_text("utf-8")).body if isinstance(n, kinds) and not n.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


DANGEROUS = re.compile(
    r"\beval\s*\(|\bnew Function\b|\bouterHTML\b|\binsertAdjacentHTML\b|\bdocument\.write|\bcreateContextualFragment\b"
    r"|\bparseFromString\b|\bsrcdoc\b|javascript:|\bset(?:Timeout|Interval)\s*\(\s*['\"`]|\binnerHTML\b"
)
# Markup that is a constant of ours: nothing of a story is in it.
CONSTANT_MARKUP = {"host.innerHTML = folium.html;": "what folium draws around its map, rendered without any story"}


@each_script
def test_a_script_never_turns_text_into_code_or_markup(path):
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    suspects = [(n, line) for n, line in lines if DANGEROUS.search(line)]
    assert [(n, line) for n, line in suspects if not any(known in line for known in CONSTANT_MARKUP)] == []


@pytest.mark.parametrize("path", sources("dashboard/static/**/*.js", "dashboard/static/**/*.css"), ids=named)
def test_the_board_names_no_outside_host(path):
    hosts = re.findall(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", path.read_text("utf-8"))
    assert set(hosts) <= HOSTS_IN_SCRIPTS.keys()


@each_script
def test_only_the_map_modules_know_leaflet(path):
    knows = re.search(r"\bL\.[a-zA-Z]", path.read_text("utf-8"))
    assert not knows or path.name in LEAFLET


@each_script
def test_a_script_imports_only_its_neighbours_and_leaves_no_global(path):
    text = path.read_text("utf-8")
    assert [
        name for name in re.findall(r"^\s*import .*?from\s+['\"](.+?)['\"]", text, re.M) if not name.startswith("./")
    ] == []
    assert not re.search(r"\b(?:window|globalThis|self)\.\w+\s*=[^=]", text)


def test_nothing_names_a_path_of_one_machine():
    pattern = re.compile(r"(?<![\w.{}])/(?:home|root|work|tmp|Users)/\w|[A-Z]:\\\\Users")
    files = sources("geo/**/*.py", "geo/**/*.toml", "dashboard/**/*.py", "dashboard/**/*.js", "README.md", ".ci/*")
    assert [
        (named(path), line) for path in files for line in path.read_text("utf-8").splitlines() if pattern.search(line)
    ] == []


def test_the_top_level_is_what_the_design_says():
    git = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if git.returncode:
        pytest.skip("not a git clone: there is no list of the files that belong to the project")
    top = {line.split("/")[0].strip('"') for line in git.stdout.splitlines()}
    assert top - TOP_LEVEL - HOSTING - DOTTED == set()
    assert {"pyproject.toml", "dashboard", "geo", "tests", ".streamlit"} <= top


def test_the_readme_and_the_ci_run_the_same_test_command():
    readme, ci = (ROOT / "README.md").read_text("utf-8"), (ROOT / ".ci" / "run").read_text("utf-8")
    assert 'pip install -e ".[test]" && pytest' in readme
    assert re.search(r'^pip install .*-e "\.\[test\]"$', ci, re.M)
    assert ci.rstrip().splitlines()[-1] == "pytest"
