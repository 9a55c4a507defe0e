"""The Streamlit pages of `whodunit chat`. Streamlit stands behind this package.

Everything they answer comes from `app.asking.ask`; everything they show of an article, a question or a model goes through `app.plain`.
"""
