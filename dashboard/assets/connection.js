// Tells the reader that the connection is lost, in the page's language, as long as it is.
//
// Streamlit would say it in English, to developers, and in a dialogue that locks the page.
// Here all that is shown stays there to be read, and Streamlit goes on trying behind it. When a
// server answers again it may be another one, which does not know this page: it is told that the
// link has changed, and draws the page for it, so that the next choice finds a server that does.

const PATIENCE = 2000; // ms; a server that takes over for another is there sooner
const STATE = "data-test-connection-state";
const DIALOGUE = "[data-testid=stDialog] button[aria-label=Close]";
const watched = (window.caspianCorridorsConnection ??= {});

const isLost = () => (document.querySelector(`[${STATE}]`)?.getAttribute(STATE) ?? "CONNECTED") !== "CONNECTED";

function tell(notice) {
  if (isLost()) {
    watched.lost = true;
    document.querySelector(DIALOGUE)?.click();
    watched.late ??= setTimeout(() => {
      notice.hidden = false;
      document.dispatchEvent(new CustomEvent("corridors-say", { detail: notice.textContent }));
    }, PATIENCE);
  } else {
    clearTimeout(watched.late);
    watched.late = null;
    notice.hidden = true;
    if (watched.lost) window.dispatchEvent(new PopStateEvent("popstate"));
    watched.lost = false;
  }
}

export default function ({ data, parentElement }) {
  const notice = parentElement.querySelector(".cc-connection");
  notice.textContent = data.words.lost;
  watched.observer?.disconnect();
  watched.observer = new MutationObserver(() => tell(notice));
  // The dialogue is drawn beside the page, as a child of the body.
  watched.observer.observe(document.body, { attributes: true, attributeFilter: [STATE], childList: true, subtree: true });
  tell(notice);
}
