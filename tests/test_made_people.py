from geo.made_people import HEADER, cast


def test_everyone_has_one_row_and_one_id():
    made = cast([("who", ["Ann; Bob", "Bob", ""])], [], 3)
    assert made.present == [("ann", "bob"), ("bob",), ()]
    assert made.table == [["ann", "Ann", "people"], ["bob", "Bob", "people"]]
    assert HEADER == ("id", "name", "group")


def test_names_that_make_the_same_id_are_two_people():
    assert cast([("who", ["Ann!", "Ann?"])], [], 2).present == [("ann",), ("ann_2",)]


def test_several_columns_of_people_are_one_cast():
    made = cast([("suspect", ["Ann"]), ("victim", ["Bob; Ann"])], [], 1)
    assert made.present == [("ann", "bob")]
    assert made.names == [("Ann", "Bob")]


def test_who_is_there_is_not_elsewhere():
    assert cast([("who", ["Ann"])], [("phone", ["Ann; Bob"])], 1).remote == [("bob",)]


def test_a_name_in_two_columns_is_never_split():
    assert cast([("name", ["Ann and Bob, Lee"])], [], 1, whole=True).names == [("Ann and Bob, Lee",)]


def test_nobody_is_nobody():
    assert cast([], [], 2) == ([(), ()], [(), ()], [], [(), ()], [])
