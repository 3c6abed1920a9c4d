"""Whose data the places are: licences by source, and the attribution that the app shows."""

ATTRIBUTION = (
    "Places: GeoNames (CC BY 4.0) · OCHA common operational datasets (CC BY-IGO) · "
    "© OpenStreetMap contributors (ODbL) · "
    "UNOSAT · UN-Habitat · Syrian Archive · UCDP (CC BY 4.0) · Airwars · Wikidata (CC0) · Wikipedia (CC BY-SA); "
    "see the source of each place"
)
"""One line of credit for every source of the gazetteer."""

_LICENCES = {
    "GeoNames": "CC BY 4.0",
    "OCHA": "CC BY-IGO",
    "OSM": "ODbL",
    "OpenStreetMap": "ODbL",
    "UCDP": "CC BY 4.0",
    "Wikidata": "CC0",
    "Wikipedia": "CC BY-SA",
    "airportsdata": "MIT",
    "countryinfo": "MIT",
    "Natural Earth": "public domain",
    "CLDR": "Unicode-3.0",
}


def licence_of(source: str) -> str:
    """Return the licences that a source column's sources carry (`CC BY 4.0; ODbL`); `facts` where none is stated."""
    found = dict.fromkeys(licence for name, licence in _LICENCES.items() if name in source)
    return "; ".join(found) or "facts"
