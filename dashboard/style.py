"""What the page changes of Streamlit's own look."""

# The board is the page: no bar above it, little around it. This stands in the document, since what a script adds comes
# after the board's first picture, which would jump; `html` outweighs the one class of Streamlit's own rules.
FIRST = """
<style>
  html [data-testid="stHeader"] { display: none; }
  html [data-testid="stMainBlockContainer"] { padding: 10px 14px 40px; max-width: none; }
  @media (max-width: 700px) { html [data-testid="stMainBlockContainer"] { padding: 6px 8px 40px; } }
</style>
"""
# A table is saved by our own buttons: what Streamlit would save may hold cells that a spreadsheet runs.
STYLE = """
<style>
  .st-key-workshop h2 { font-size: 1.35rem; padding: 0; }
  .st-key-workshop h3 { font-size: 1.05rem; padding: 0.4rem 0 0; }
  .st-key-workshop :is(button[kind="primary"] *, [data-testid="stMultiSelect"] span[title]) {
    color: light-dark(#fff, #1b1204);
  }
  .st-key-workshop [data-testid="stCaptionContainer"], .st-key-workshop [data-testid="stCaptionContainer"] * {
    color: light-dark(#4d606c, #93a4b0); opacity: 1;
  }
  :is(.st-key-workshop, .st-key-panel) [role="radio"][aria-checked="true"] p { color: light-dark(#5c3500, #f0a23b); }
  @media (forced-colors: active) {
    :is(.st-key-workshop, .st-key-panel) [role="radio"][aria-checked="true"] { outline: 2px solid Highlight; }
  }
  [data-testid="stElementToolbar"] button[aria-label="Download as CSV"] { display: none; }
</style>
"""
