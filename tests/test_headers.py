import pytest

from geo.headers import meanings, plain_name


@pytest.mark.parametrize(("header", "plain"), [
    ("fecha_Inicio (UTC)", "fecha inicio"), ("startDate", "start date"), ("¿Quién?", "quien"), ("Año", "ano"),
    ("(?)", ""), ("", ""),
    ("DATE OCC", "date occ"), ("lat [deg]", "lat"),
])  # fmt: skip
def test_a_name_without_case_accents_signs_and_units(header, plain):
    assert plain_name(header) == plain


@pytest.mark.parametrize(("header", "role"), [
    ("Who", "who"), ("quién", "who"), ("actor 2", "who"), ("Person B", "who"), ("Caller ID", "who"),
    ("callee", "remote"),
    ("lugar", "where"), ("incident location", "where"), ("Cell tower name", "where"), ("fecha del atraco", "when"),
    ("Date of visit", "when"), ("complaint type", "what"), ("tipo de llamada", "what"),
    ("Latitude (°)", "lat"), ("LONG", "lon"),
])  # fmt: skip
def test_a_name_says_what_a_column_is_for(header, role):
    assert meanings(header)[0].role == role


@pytest.mark.parametrize(
    "header", ["", "column 3", "zip", "date of birth", "location type", "foo bar", "<img src=x>", "{{7*7191}}"]
)
def test_a_name_that_says_nothing_or_another_thing_has_no_meaning(header):
    assert meanings(header) == ()


def test_parts_of_a_place_stand_from_narrow_to_wide():
    levels = [meanings(name)[0].level for name in ("place", "street", "barrio", "city", "province", "country")]
    assert levels == sorted(levels) == list(range(6))
