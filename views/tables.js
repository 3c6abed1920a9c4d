// A table is drawn on a canvas that knows no direction: in Arabic its first column is laid out at the right (views/
// event_table.py), and here each table begins there, not at its last column. Loaded by views/page.py.
const begun = new WeakSet();

function begin(scroller) {
  if (begun.has(scroller) || getComputedStyle(document.querySelector(".stApp")).direction !== "rtl") return;
  begun.add(scroller);
  const sized = new ResizeObserver(() => {
    if (scroller.scrollWidth <= scroller.clientWidth) return;
    scroller.scrollLeft = scroller.scrollWidth;
    sized.disconnect();
  });
  [scroller, ...scroller.children].forEach((node) => sized.observe(node));
}

const all = () => document.querySelectorAll(".dvn-scroller").forEach(begin);
new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
all();
