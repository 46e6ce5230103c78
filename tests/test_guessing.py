from geo.columns import looks
from geo.guessing import Free, guesses
from tests.raws import raw


def guessed(text, roles=()):
    table = raw(text)
    look = {name: looks(table.column(name)) for name in table.header}
    found = guesses(Free(table.header, look, frozenset(roles), table))
    return {role: columns for role, (columns, _) in found.items()}


def test_dates_and_pairs_are_known_whatever_their_column_is_called():
    text = 'foo,bar,who\n1995-10-03,"34.05, -118.25",Ann'
    assert guessed(text, roles=["who", "what"]) == {"when": ("foo",), "point": ("bar",)}


def test_a_date_of_birth_is_not_when_something_happened():
    assert "when" not in guessed("date of birth,foo\n1960-01-01,x", roles=["who", "what"])


def test_two_columns_of_dates_are_start_and_end_where_one_follows_the_other():
    assert guessed("a,b\n1995-10-03,1995-10-05\n1995-10-04,1995-10-04", roles=["who", "what"]) == {
        "when": ("a",), "end": ("b",),
    }  # fmt: skip
    assert "end" not in guessed("a,b\n1995-10-05,1995-10-03", roles=["who", "what"])


def test_degrees_stand_beside_each_other():
    assert guessed("c1,c2\n34.0387,-118.2510", roles=["who", "what"]) == {"lat": ("c1",), "lon": ("c2",)}
    assert "lat" not in guessed("c1,x1,c2\n34.0387,Ann,-118.2510", roles=["who", "what"])


def test_a_column_that_has_a_name_of_its_own_is_left_alone():
    assert guessed("weapon,who\nAxe,Ann", roles=["who", "what"]) == {}


def test_one_column_alone_tells_nothing():
    assert guessed("a\n1995-10-03") == {}
