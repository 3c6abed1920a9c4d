"""What is drawn: pure functions from rows to Streamlit and folium elements."""
