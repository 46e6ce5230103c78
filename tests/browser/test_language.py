import re

from playwright.sync_api import expect

from tests.browser.conftest import only_page


@only_page
def test_a_spanish_browser_reads_spanish_and_the_link_it_passes_on_says_no_language(open_board):
    page = open_board("?at=D8T11:48", settled=True, locale="es-MX")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("radio", name="Lugares").click()
    expect(page).to_have_url(re.compile(r"\?.*panel=places"))
    expect(page.get_by_role("radio", name="Lugares")).to_be_checked()
    assert "lang" not in page.url


@only_page
def test_a_link_in_english_is_english_for_everybody_and_stays_so(open_board):
    page = open_board("?lang=en&panel=places", settled=True, locale="es-ES")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("radio", name="Places")).to_be_checked()
    page.get_by_role("radio", name="Events", exact=True).click()
    expect(page).not_to_have_url(re.compile("panel="))
    page.get_by_role("button", name="Your own story").click()
    expect(page.get_by_role("heading", name="Bring your rows")).to_be_visible()
    assert "lang=en" in page.url
