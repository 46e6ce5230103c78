import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.html_text import html_text, is_html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>Ann</b> met<br>Bob &amp; Eve", "Ann met\nBob & Eve"),
        ("<table><tr><td>who</td><td>Ann</td></tr><tr><td>when</td></tr></table>", "who Ann\nwhen"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<!-- a --><p>b", "b"),
        ("<!DOCTYPE html><?php x ?>b", "b"),
        ('<a href="javascript:alert(1)">link</a>', "link"),
        ("a &lt;b&gt; {{7*7191}}", "a <b> {{7*7191}}"),
        ("1 < 2 <b>and</b> 3 <", "1 < 2 and 3 <"),
    ],
)
def test_the_words_are_left(html, words):
    assert is_html(html) or "<" not in html
    assert html_text(html) == words


@pytest.mark.parametrize("text", ["a < b and c > d", "R & D", "<", "", "{{7*7191}}", "a <b"])
def test_a_text_without_tags_is_no_html(text):
    assert not is_html(text)


pieces = st.sampled_from(
    ["<", ">", "!", "[", "--", "/", "a", "<b>", "</b>", "<script>", "&", "#", "'", '"', "<![", "<?", " "]
)


@given(st.lists(pieces).map("".join))
def test_any_text_has_words(text):
    assert isinstance(html_text(text), str)


@given(st.text(st.characters(blacklist_characters="<>&", blacklist_categories=("Cs", "Cc"))))
def test_words_without_marks_stay(text):
    assert html_text(text).split() == text.split()
