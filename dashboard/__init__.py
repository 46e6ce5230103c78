"""The app: one story on one board, served by Streamlit."""
