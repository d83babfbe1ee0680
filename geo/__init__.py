"""The core of Piste: pure functions over frozen records and frames.

Nothing below this package imports Streamlit, folium, matplotlib or Starlette
(``tests/test_house.py`` holds that).
"""
