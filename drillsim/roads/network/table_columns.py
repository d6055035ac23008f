"""Columns of the tables of a road network, in CSV files or written out in a scenario: type and meaning of each."""

from __future__ import annotations

from typing import Final

PLACE_COLUMNS: Final = {
    "id": ("string", "Short name."),
    "name_zh": ("string", "Chinese name."),
    "name_en": ("string", "English name."),
    "kind": ("string", "Town, junction, pass …"),
    "lat": ("number", "Latitude, WGS 84. [deg]"),
    "lon": ("number", "Longitude, WGS 84. [deg]"),
    "elevation_m": ("number", "Height above sea level. [m]"),
    "population": ("integer", "People who live there."),
    "admin": ("string", "Prefecture that it belongs to."),
    "district": ("string", "District (county) that it belongs to; the prefecture if left out."),
    "source": ("string", "Where this is from."),
}
SECTION_COLUMNS: Final = {
    "from": ("string", "Place at one end."),
    "to": ("string", "Place at the other end."),
    "road": ("string", "Number of the road."),
    "name_zh": ("string", "Chinese name."),
    "class": ("string", "Class of road: motorway, trunk, primary, secondary, tertiary, unclassified, track."),
    "length_km": ("number", "Length. [km]"),
    "free_flow_kmh": ("number", "What a car drives on a dry, empty road. [km/h]"),
    "backward_kmh": ("number", "The same from the second place to the first, where it differs. [km/h]"),
    "max_width_m": ("number", "Widest vehicle that passes. [m]"),
    "closed": ("string", "When it is closed every year: 11-01/04-30, winter; several with semicolons between them."),
    "oneway": ("boolean", "Whether it is driven only from the first place to the second."),
    "max_elevation_m": ("number", "Height of the pass, where one lies above both ends. [m]"),
    "profile": ("string", "Heights along it from its first place: `km:m` with blanks between, `5:3200 12.5:4100`."),
    "surface": ("string", "paved, gravel or unpaved."),
    "lanes": ("integer", "Lanes of both directions."),
    "bridge": ("boolean", "Whether it is a bridge."),
    "tunnel": ("boolean", "Whether it is a tunnel."),
    "max_height_m": ("number", "Highest vehicle that passes. [m]"),
    "max_weight_t": ("number", "Heaviest vehicle that passes. [t]"),
    "risk": ("string", "Why it is driven in an emergency only: wrong_way or pedestrian."),
    "delay_s": ("number", "Time lost at the junctions along it and at its ends. [s]"),
    "toll": ("string", "Whether it costs a toll."),
    "carriageways": ("string", "Single or dual."),
    "source": ("string", "Where this is from."),
    "confidence": ("string", "How sure that is."),
    "check": ("string", "Note of who checked it against what; for readers of the table."),
}
