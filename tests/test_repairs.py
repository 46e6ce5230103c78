from geo.making import made
from geo.mapping import recognised
from geo.merges import merges
from geo.reading import read_raw
from geo.repairs import fixed_file, merging, repaired, repairs
from tests.raws import raw


def proposed(table):
    mapping = recognised(table)
    return repairs(table, mapping, made(table, mapping))


def flagged(table):
    return made(table, recognised(table)).flagged


def mended(text, *labels):
    """What is left flagged after the repairs whose labels begin so."""
    table = raw(text)
    chosen = [repair for repair in proposed(table) if repair.label.startswith(labels)]
    assert chosen
    return flagged(repaired(table, chosen))


def test_swapped_coordinates_are_swapped_at_one_click():
    text = "who,place,lat,lon\nAnn,Sydney,151.21,-33.87\nBob,Tokyo,139.69,35.68\nCy,Paris,48.85,2.35"
    [repair] = proposed(raw(text))
    assert repair.label == "Swap latitude and longitude in 2 rows"
    assert repair.cells[:2] == ((2, "lat", "-33.87"), (2, "lon", "151.21"))
    assert mended(text, "Swap") == ()


def test_metres_are_converted():
    assert mended("who,lat,lon\nAnn,6250000.0,2061600.0", "Convert metres") == ()


def test_the_gulf_of_guinea_is_emptied():
    assert mended("who,place,lat,lon\nAnn,Paris,0,0", "Empty the coordinates 0, 0 in 1 row") == ()


def test_a_wrong_sign_is_changed():
    assert mended("who,place,lat,lon\nAnn,Paris,48.85,2.35\nAnn,Paris,-48.85,2.35", "Change the sign") == ()


def test_words_for_nothing_are_emptied():
    assert mended("who,place,lat,lon\nAnn,Paris,N/A,N/A", "Empty coordinates that say nothing") == ()


def test_coordinates_in_one_cell_are_swapped_there():
    table = raw('who,place,gps\nAnn,Sydney,"151.21, -33.87"')
    [repair] = proposed(table)
    assert repair.cells == ((2, "gps", "-33.87, 151.21"),)


def test_the_day_or_the_month_first_is_a_choice_of_two():
    table = raw("who,when,end\nAnn,03/04/2021,05/04/2021")
    day, month = proposed(table)
    assert day.label == "Read the day first in 1 row: '03/04/2021' is 3 April 2021"
    assert month.label == "Read the month first in 1 row: '03/04/2021' is 4 March 2021"
    assert repaired(table, [day]).cells == (("Ann", "2021-04-03", "2021-04-05"),)
    assert flagged(repaired(table, [month])) == ()


def test_a_date_with_a_time_beside_it_is_read_whole():
    table = raw("who,date,time\nAnn,03/04/2021,11:30")
    assert repaired(table, proposed(table)[:1]).cells == (("Ann", "2021-04-03T11:30", ""),)


def test_a_merge_writes_one_name_wherever_the_other_stands():
    table = raw("who,on the phone,place\nNeil; Chris,Nate,Paris\nNeil McCauley,Neil,Paris")
    mapping = recognised(table)
    [merge] = merges(["Neil", "Neil McCauley"])
    repair = merging(table, mapping, merge)
    assert repair.label == "Write 'Neil McCauley' for 'Neil' in 2 rows"
    assert repaired(table, [repair]).cells == (
        ("Neil McCauley; Chris", "Nate", "Paris"),
        ("Neil McCauley", "Neil McCauley", "Paris"),
    )


def test_a_merge_of_places_writes_the_place():
    table = raw("who,place\nAnn,Café Orléans\nBob,Cafe  Orleans")
    [merge] = merges(["Café Orléans", "Cafe Orleans"], "place")
    assert merging(table, recognised(table), merge).cells == ((3, "place", "Café Orléans"),)


def test_a_sound_table_has_nothing_to_repair():
    table = raw("who,place,lat,lon\nAnn,Paris,48.85,2.35")
    assert proposed(table) == []
    assert repaired(table, []) is table


def test_the_fixed_file_reads_as_the_table_and_runs_nothing():
    table = raw("who,what,lat,lon\nZoë,=1+1,-33.87,151.21\n@Bob,-1 and falling,48.85,2.35")
    content = fixed_file(table)
    assert b"'=1+1,-33.87,151.21" in content
    again = read_raw(content, "mine.csv")
    assert (again.header, again.cells) == (table.header, table.cells)
