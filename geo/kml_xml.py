"""The placemarks in the XML of a KML file, one at a time, without anything that XML can do to its reader.

A document type (the door to entities that expand without end, or to other files) is refused before it is read; depth
and size are limited; names count without their prefixes, declared or not, as programs disagree on them.
"""

import codecs
import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from geo.encoding import decoded
from geo.errors import clipped
from geo.zipped import refuse

REMEDY = "export or download it again as KML"

_DEEPEST = 60
_MOST_ELEMENTS = 400_000  # of one placemark; a track has two for each of its positions
_LONGEST_NAME = 200  # of a folder: every placemark in it has it
_CHUNK = 65_536
_CUT_OFF = (
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)
_CONTAINERS = ("Folder", "Document")
_ROOTS = ("kml", *_CONTAINERS, "Placemark")
_UPDATES = ("NetworkLinkControl", "Update")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = re.compile(
    r"iso-?8859-?[0-9]{1,2}|windows-?125[0-8]|cp125[0-8]|latin-?[0-9]|us-ascii|shift_jis|gb2312|gbk|gb18030|big5|"
    r"euc-(jp|kr)|koi8-[ru]",
    re.IGNORECASE,
)


class Mark(NamedTuple):
    """One placemark, and the names of the folders in which it lies, the outermost first."""

    element: Element
    folders: tuple[str, ...]


class Text(NamedTuple):
    """The characters of an XML file, and what is said of its encoding."""

    text: str
    notices: tuple[str, ...]
    broken: int = 0


def xml_text(content: bytes, file: str) -> Text:
    """The characters of an XML file in the encoding that it declares. Raises StoryError where there is none."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf")[:1_000])
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if _ENCODINGS.fullmatch(name):
        try:
            return Text(content.decode(codecs.lookup(name).name), ())
        except (LookupError, UnicodeDecodeError) as cause:
            refuse(file, f"it says that it is written in {clipped(name, 30)}, and it is not", REMEDY, cause)
    if name.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-16", "utf16"):
        refuse(file, f"it is written in {clipped(name, 30)}, which is not read", "save it in UTF-8")
    found = decoded(content)
    if found.fault:
        refuse(file, found.fault, REMEDY)
    return Text(found.text.lstrip("\ufeff \t\r\n"), found.notices, found.broken)


class KmlReader:
    """The placemarks of a KML text as they come by; `aside` counts elements beside them, of the names in `counted`."""

    def __init__(self, text: str, file: str, counted: Container[str] = ()) -> None:
        self.file = file
        self.aside: Counter[str] = Counter()
        self._counted = counted
        self._text = text
        self._path: list[str] = []
        self._folders: list[str] = []
        self._marks: list[Mark] = []
        self._builder: TreeBuilder | None = None
        self._elements = 0

    def marks(self) -> Iterator[Mark]:
        """Every placemark in order. Raises StoryError, perhaps after some of them, for what is no sound KML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        for begin in range(0, len(self._text), _CHUNK):
            chunk = self._text[begin : begin + _CHUNK]
            try:
                parser.Parse(chunk, begin + _CHUNK >= len(self._text))
            except expat.ExpatError as cause:
                self._refuse_xml(cause)
            yield from self._marks
            self._marks.clear()

    def _document_type(self, *_: object) -> None:
        refuse(self.file, "it declares a document type (DOCTYPE), which no KML needs and which is not read", REMEDY)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if not self._path and name not in _ROOTS:
            refuse(self.file, f"it is XML that begins with <{clipped(tag, 30)}>, not KML", REMEDY)
        if len(self._path) == _DEEPEST:
            refuse(self.file, f"its elements are nested more than {_DEEPEST} deep", REMEDY)
        self._path.append(name)
        if self._builder is not None:
            self._elements += 1
            if self._elements > _MOST_ELEMENTS:
                refuse(self.file, f"one placemark has more than {_MOST_ELEMENTS:,} elements", "split it")
            self._builder.start(name, attributes)
        elif name == "Placemark" and not any(one in _UPDATES for one in self._path):
            self._builder, self._elements = TreeBuilder(), 1
            self._builder.start(name, attributes)
        elif name in _CONTAINERS:
            self._folders.append("")
        elif name in self._counted:
            self.aside[name] += 1

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if self._builder is None:
            if name in _CONTAINERS:
                self._folders.pop()
            return
        self._builder.end(name)
        if name == "Placemark" and "Placemark" not in self._path:
            element, self._builder = self._builder.close(), None
            self._marks.append(Mark(element, tuple(" ".join(one.split()) for one in self._folders if one.strip())))

    def _data(self, data: str) -> None:
        if self._builder is not None:
            self._builder.data(data)
        elif self._path[-1:] == ["name"] and self._path[-2:-1] == ["Folder"]:
            self._folders[-1] = (self._folders[-1] + data)[:_LONGEST_NAME]

    def _refuse_xml(self, cause: expat.ExpatError) -> None:
        said = expat.ErrorString(cause.code)
        if said in _CUT_OFF:
            refuse(self.file, "it ends before its XML does: the file is cut off", REMEDY, cause)
        what = f"it is not sound XML at line {cause.lineno:,}, character {cause.offset + 1:,}: {said}"
        refuse(self.file, what, "correct it there, or export it again", cause)
