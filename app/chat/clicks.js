// What Streamlit has no widget for: a numbered marker inside a sentence that tells Python it was clicked, the quote of an opened article
// and the incident chosen in a chart brought into view, a new answer kept in view, and text put on the clipboard. Reads the page, writes no HTML into it.
const CITATION = /^#(cite|near)-[a-z0-9]+-\d+$/;

let handled = null;

export default function ({ setTriggerValue, data }) {
  const clicked = (event) => {
    const link = event.target.closest?.(".stHtml a[href^='#']");
    if (link && CITATION.test(link.getAttribute("href"))) {
      event.preventDefault();
      setTriggerValue("citation", link.getAttribute("href").slice(1));
    }
    const copy = event.target.closest?.("[class*='st-key-copy-']");
    if (copy) {
      const id = [...copy.classList].find((name) => name.startsWith("st-key-copy-")).slice("st-key-copy-".length);
      const text = document.querySelector(`[data-markdown="${CSS.escape(id)}"]`)?.textContent;
      if (text) navigator.clipboard?.writeText(text);
    }
  };
  let centred = null;
  let chosen = null;
  const centre = () => {
    const quote = document.querySelector("[data-testid='stDialog'] #w-quote, .w-read #w-quote");
    if (quote && quote !== centred) requestAnimationFrame(() => quote.scrollIntoView({ block: "center" }));
    centred = quote;
    const incident = document.querySelector(".w-chosen");
    const name = incident?.dataset.incident ?? null;
    if (name && name !== chosen) requestAnimationFrame(() => {
      if (incident.getBoundingClientRect().top > 0.7 * window.innerHeight) incident.scrollIntoView({ block: "center", behavior: "smooth" });
    });
    chosen = name;
    // Vega gives the frame that is dragged over a chart the role of a symbol, but no name.
    for (const frame of document.querySelectorAll(".zoom_brush, .zoom_brush_bg")) frame.setAttribute("aria-hidden", "true");
  };
  // A new question is brought to the top and stays there while its answer grows, until the reader scrolls.
  let following = data?.answering && data.answering !== handled ? data.answering : null;
  handled = data?.answering ?? handled;
  const release = () => { following = null; };
  const hold = () => {
    const turn = following && document.querySelector(`.st-key-${CSS.escape(following)}`);
    const top = turn?.getBoundingClientRect().top;
    if (turn && (top < 24 || top > 96)) turn.scrollIntoView({ block: "start" });
  };
  const watcher = new MutationObserver(() => { centre(); hold(); });
  centre();
  watcher.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", clicked, true);
  document.addEventListener("scroll", hold, true);
  for (const gesture of ["wheel", "touchmove", "keydown", "pointerdown"]) document.addEventListener(gesture, release, true);
  return () => {
    watcher.disconnect();
    document.removeEventListener("click", clicked, true);
    document.removeEventListener("scroll", hold, true);
    for (const gesture of ["wheel", "touchmove", "keydown", "pointerdown"]) document.removeEventListener(gesture, release, true);
  };
}
