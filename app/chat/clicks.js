// What Streamlit has no widget for: a numbered marker inside a sentence that tells Python it was clicked, the quote of an opened article
// brought to the middle, and text put on the clipboard. Reads the page, writes no HTML into it.
const CITATION = /^#(cite|near)-[a-z0-9]+-\d+$/;

export default function ({ setTriggerValue }) {
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
  const centre = () => {
    const quote = document.querySelector("[data-testid='stDialog'] #w-quote");
    if (quote && quote !== centred) {
      requestAnimationFrame(() => quote.scrollIntoView({ block: "center" }));
    }
    centred = quote;
  };
  const watcher = new MutationObserver(centre);
  watcher.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", clicked, true);
  return () => {
    watcher.disconnect();
    document.removeEventListener("click", clicked, true);
  };
}
