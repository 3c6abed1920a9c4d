"""Take away what is filtered: a file in one of the exporters' formats, or a picture of the map and the time."""

from collections.abc import Callable
from datetime import date
from html import escape
from io import BytesIO

import streamlit as st

from events.export import FORMATS, Options, write
from events.export.options import Name
from events.store import Store
from views.filters import Selection
from views.labels import Words
from views.picture import HEIGHT, WIDTH


def export(shown: Selection, store: Store, words: Words, *, blur_m: float | None) -> None:
    """Draw the choice of a format and the button that takes the filtered rows away; the count stands on both."""
    label = words("export.open", n=len(shown))
    # Drawn when it is opened: every move of a filter would else make Streamlit draw it anew.
    with st.popover(label, icon=":material/download:", disabled=shown.empty, key="export", on_change="rerun") as opened:
        if not opened.open:
            _keep()
            return
        name = st.radio(
            words("export.format"), list(FORMATS), key="format", format_func=lambda name: words(f"format.{name}")
        )
        spreadsheet = FORMATS[name].stream == "table" and st.checkbox(words("export.bom"), key="bom")
        if blur_m:
            st.caption(words("export.blurred", metres=int(blur_m)))
        st.download_button(
            words("export.save", n=len(shown)), file(shown, store, name, Options(blur_m=blur_m, bom=bool(spreadsheet))),
            file_name=f"events-{date.today().isoformat()}{FORMATS[name].suffix}", mime=FORMATS[name].media_type,  # noqa: DTZ011 - the visitor's day
            key="save", type="primary", width="stretch", on_click="ignore",
        )  # fmt: skip


def _keep() -> None:
    """Keep what was chosen: Streamlit forgets what is not drawn."""
    for name in ("format", "bom"):
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def file(shown: Selection, store: Store, name: Name, options: Options) -> Callable[[], BytesIO]:
    """Return what writes the rows when the button is pressed: nothing is read before."""

    def written() -> BytesIO:
        stream = BytesIO()  # Streamlit would read a file into memory anyway
        write(store.row_chunks(shown.numbers), name, stream, options=options)
        stream.seek(0)
        return stream

    return written


def picture_button(draw: Callable[[], str], words: Words) -> None:
    """Draw the button that opens the picture of map and time; `draw` gives it as SVG and runs only then."""
    if st.button(words("picture.open"), key="picture", icon=":material/photo_camera:"):
        _show_picture(draw(), words)


def _show_picture(svg: str, words: Words) -> None:
    @st.dialog(words("picture.label"), width="large")
    def show() -> None:
        page = _PAGE.format(svg=svg, width=WIDTH, height=HEIGHT, save=escape(words("picture.save")))
        st.iframe(page, height=640)

    show()


_PAGE = """<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:">
<style>
body {{ margin: 0; font: 15px "Plex Arabic", system-ui, sans-serif; }}
svg {{ width: 100%; height: auto; display: block; }}
button {{ font: inherit; padding: .5rem 1rem; margin: 0 0 .6rem; border: 0; border-radius: 8px; background: #0b6b74;
color: #fff; cursor: pointer; }} button:focus-visible {{ outline: 3px solid #d99000; }}
</style><button type="button">{save}</button>{svg}<script>
document.querySelector("button").onclick = () => {{
  const source = new XMLSerializer().serializeToString(document.querySelector("svg"));
  const image = new Image();
  image.onload = () => {{
    const canvas = Object.assign(document.createElement("canvas"), {{ width: {width}, height: {height} }});
    canvas.getContext("2d").drawImage(image, 0, 0, {width}, {height});
    canvas.toBlob((blob) => {{
      const link = document.createElement("a");
      Object.assign(link, {{ href: URL.createObjectURL(blob), download: "events.png" }});
      link.click();
    }});
  }};
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source);
}};
</script>"""
