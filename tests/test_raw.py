from geo.raw import Raw, refused, shown_name


def test_rows_left_out_are_counted():
    assert Raw("a.csv", "CSV", ("who",), (("Ann",),), (2,), flagged=(3, 4)).rows == 3


def test_a_refused_file_has_no_rows_and_a_sentence():
    raw = refused("a.csv", "CSV", "the file is empty", "add a row")
    assert not raw.readable
    assert str(raw.faults[0]) == "a.csv: the file is empty; add a row"


def test_the_name_of_an_upload_is_shown_without_its_folders():
    assert shown_name("../../etc/passwd.csv") == "passwd.csv"
    assert shown_name("..\\..\\x.csv") == "x.csv"


def test_the_name_of_an_upload_is_one_printable_line():
    assert shown_name("a\x07\u202ec.csv\n") == "a��c.csv�"
    assert len(shown_name("x" * 300)) == 60
    assert shown_name("") == "the file"


def test_a_column_is_asked_for_by_name():
    assert Raw("a.csv", "CSV", ("who", "lat"), (("Ann", "1"), ("Bob", "2"))).column("lat") == ["1", "2"]
