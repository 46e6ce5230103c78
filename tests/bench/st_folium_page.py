"""The best way of a moving map with st.slider and streamlit-folium: one GeoJson layer through feature_group_to_add."""

import sys

import folium
import streamlit as st
from streamlit_folium import st_folium

from tests.bench import synthetic

EVENTS, SO_FAR = int(sys.argv[1]), sys.argv[2] == "so-far"


@st.cache_data
def features() -> list[dict]:
    return [
        {
            "type": "Feature",
            "properties": {"at": point.at},
            "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        }
        for point in synthetic.points(EVENTS)
    ]


hour = st.slider("Hour", 0, synthetic.DAYS * 24, synthetic.DAYS * 12)
now = hour * 3600
since = 0 if SO_FAR else now - synthetic.DAY
visible = [feature for feature in features() if since < feature["properties"]["at"] <= now]
group = folium.FeatureGroup()
if visible:
    folium.GeoJson(
        {"type": "FeatureCollection", "features": visible},
        marker=folium.CircleMarker(radius=4, weight=1, fill=True, fill_opacity=0.7),
    ).add_to(group)
board = folium.Map([34.02, -118.2], zoom_start=10, tiles=None, prefer_canvas=True)
st_folium(board, feature_group_to_add=group, returned_objects=[], width=1100, height=600, key="map")
