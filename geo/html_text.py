"""The words of a text that is marked up as HTML."""

import re
from html.parser import HTMLParser

_MARKUP = re.compile(
    r"<(?:/?[a-z][^<>]*|![^<>]*)>|&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE
)
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_LINES = frozenset(
    {
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    }
)
_HIDDEN = frozenset({"script", "style"})
_LONGEST = 50_000


def is_html(text: str) -> bool:
    """Whether a text has tags or entities of HTML that are closed: "a < b" has none."""
    return _MARKUP.search(text) is not None


def html_text(html: str) -> str:
    """The words alone: a line for each paragraph, item or row; no tags, scripts, styles or comments.

    Tags that are not closed are words. Of very long texts only the first 50 000 characters are looked at.
    """
    first, *rest = html[:_LONGEST].split("<!--")
    shown = " ".join([first, *(part.partition("-->")[2] if "-->" in part else part for part in rest)])
    # Nothing but whole tags is left to the parser: it looks for the end of others in all that follows, or gives up.
    tags = _NO_TAG.sub("&lt;", _DECLARATION.sub("", shown))
    reader = _Words()
    reader.feed(tags)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the parser
        if tag in _HIDDEN and not self.hidden:
            self.hidden = tag
        self.words.append("\n" if tag in _LINES else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden:
            self.hidden = ""
        self.words.append("\n" if tag in _LINES else " " if tag in ("td", "th") else "")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data.replace("\n", " "))
