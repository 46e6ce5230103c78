import pytest

from geo.errors import StoryError
from geo.kml_xml import KmlReader, xml_text


def read(text, counted=()):
    reader = KmlReader(text, "a.kml", counted)
    return [(mark.element.findtext("name"), mark.folders) for mark in reader.marks()], reader.aside


def refusal(text):
    with pytest.raises(StoryError) as refused:
        read(text)
    return refused.value.faults[0].what


def test_placemarks_come_with_their_folders():
    text = (
        "<kml><Document><name>All</name><Placemark><name>a</name></Placemark><Folder><name> In </name>"
        "<Folder><name>Side</name><Placemark><name>b</name></Placemark></Folder>"
        "<Placemark><name>c</name></Placemark></Folder></Document></kml>"
    )
    assert read(text)[0] == [("a", ()), ("b", ("In", "Side")), ("c", ("In",))]


def test_the_name_of_a_folder_is_cut_for_every_placemark_has_it():
    [(_, [name])] = read(f"<Folder><name>{'x' * 100_000}</name><Placemark/></Folder>")[0]
    assert len(name) == 200


def test_names_count_without_prefixes_declared_or_not():
    text = "<k:kml><x:Placemark><k:name>a</k:name></x:Placemark></k:kml>"
    assert read(text)[0] == [("a", ())]


def test_a_placemark_alone_is_a_document():
    assert read("<Placemark><name>a</name></Placemark>")[0] == [("a", ())]


def test_an_update_of_another_file_has_no_placemarks():
    text = "<kml><NetworkLinkControl><Update><Change><Placemark/></Change></Update></NetworkLinkControl></kml>"
    assert read(text, {"NetworkLinkControl"}) == ([], {"NetworkLinkControl": 1})


def test_elements_beside_the_placemarks_are_counted():
    text = "<kml><Style/><Style/><Region/><Placemark><Style/></Placemark></kml>"
    assert read(text, {"Style"})[1] == {"Style": 2}


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE kml><kml/>",
        '<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>',
        '<!DOCTYPE kml SYSTEM "file:///etc/passwd"><kml/>',
    ],
)
def test_a_document_type_is_refused_before_it_is_read(text):
    assert "document type" in refusal(text)


def test_deep_elements_are_refused():
    assert "60 deep" in refusal("<kml>" + "<Folder>" * 100)


def test_a_placemark_of_endless_elements_is_refused(monkeypatch):
    monkeypatch.setattr("geo.kml_xml._MOST_ELEMENTS", 10)
    assert "10 elements" in refusal(f"<Placemark>{'<a/>' * 11}</Placemark>")


def test_another_root_is_refused_by_its_name():
    assert "<gpx>" in refusal("<gpx/>")


@pytest.mark.parametrize("text", ["<kml><Placemark>", "<kml>", "<kml><Placemark><name>x</na"])
def test_a_text_that_is_cut_off_says_so(text):
    assert "cut off" in refusal(text)


def test_a_mistake_is_told_with_its_line():
    assert "line 2, character 8" in refusal("<kml>\n  <a></b>\n</kml>")


def test_an_unknown_entity_is_a_mistake():
    assert "entity" in refusal("<kml>&nbsp;</kml>")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("ISO-8859-1", "latin-1")],
)
def test_a_text_is_read_in_the_encoding_that_it_declares(declared, encoding):
    text = f'<?xml version="1.0" encoding="{declared}"?><Placemark><name>Zoë</name></Placemark>'
    assert read(xml_text(text.encode(encoding), "a.kml").text)[0] == [("Zoë", ())]


def test_a_text_that_is_not_what_it_declares_is_read_and_said():
    found = xml_text('<?xml version="1.0" encoding="UTF-8"?><kml>Zoë</kml>'.encode("cp1252"), "a.kml")
    assert "Zoë" in found.text
    assert "Windows-1252" in found.notices[0]


@pytest.mark.parametrize("name", ["utf-7", "rot13", "idna", "unicode_escape", "x" * 100])
def test_other_encodings_are_refused(name):
    with pytest.raises(StoryError, match="which is not read"):
        xml_text(f'<?xml version="1.0" encoding="{name}"?><kml/>'.encode(), "a.kml")
