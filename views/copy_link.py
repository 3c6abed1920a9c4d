"""A button that copies the page's address: it opens the same view for whoever gets it."""

import streamlit as st

from views.labels import Words

_CODE = """export default ({ data, parentElement }) => {
  const button = parentElement.querySelector("button");
  button.lastChild.textContent = data.copy;
  button.onclick = async () => {
    const link = document.location.href;
    try {
      await navigator.clipboard.writeText(link);
    } catch { // a page without https, or a browser that asks first
      const field = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: link }));
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.lastChild.textContent = data.copied;
    button.dataset.copied = link;
    setTimeout(() => { button.lastChild.textContent = data.copy; }, 2500);
  };
}"""
_PATH = "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"
_ICON = f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{_PATH}"/></svg>'
_draw = st.components.v2.component(
    "copy_link",
    html=f'<button type="button" class="copy-link">{_ICON}<span aria-live="polite"></span></button>',
    js=_CODE,
    isolate_styles=False,
)


def copy_link(words: Words) -> None:
    """Draw the button."""
    _draw(key="copy_link", data={"copy": words("link.copy"), "copied": words("link.copied")}, width="content")
