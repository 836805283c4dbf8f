// Draws a chosen panel before the server answers: it was fetched when the reader pointed at what it tells of.
//
// The choice goes to the server all the same, with the digest of what is drawn; the answer confirms
// it, or brings something else, and adds the pictures.

const PANEL = ".st-key-panel";
const REST = 60; // ms; so long the pointer stays on what may be chosen
const digests = new Map(); // of each panel that has been asked for, by its link; null on its way
page.texts ??= new Map(); // by digest
page.ahead ??= null; // the link of the panel that is drawn, and not confirmed yet

async function fetchPanel(link) {
  const answer = await fetch(`panel${link}`).catch(() => null);
  const digest = answer?.ok && answer.headers.get("etag")?.match(/\w{16}/)?.[0];
  const markup = digest && (await answer.text().catch(() => null));
  if (markup) {
    page.texts.set(digest, markup);
    digests.set(link, digest);
  } else {
    digests.delete(link); // to be asked for again
  }
}

function anticipate(view) {
  const link = panelLink(view);
  if (digests.has(link)) return;
  digests.set(link, null);
  fetchPanel(link);
}

// Returns the digest of what has been drawn, or null.
function drawAhead(view) {
  const link = panelLink(view);
  const digest = digests.get(link) ?? null;
  const panel = document.querySelector(PANEL);
  const part = panel?.querySelector(".cc-part");
  page.ahead = digest && part ? link : null;
  if (page.ahead) {
    page.drawPart(part, digest, page.texts.get(digest));
    panel.dataset.ahead = ""; // what stands below belongs to another panel
  }
  return page.ahead ? digest : null;
}

function confirmPanel() {
  page.ahead = null;
  delete document.querySelector(PANEL)?.dataset.ahead;
}

const panelLink = ({ focus, language, tab }) => query({ focus, language, tab });

// Pointing at a link, by whatever means.
function anticipateLinks(signal) {
  let resting = null;
  for (const kind of ["pointerover", "pointerdown", "focusin"]) {
    document.addEventListener(kind, ({ target }) => {
      clearTimeout(resting);
      const choice = choiceOf(target.closest?.("a"));
      if (choice) resting = setTimeout(anticipate, kind === "pointerdown" ? 0 : REST, choice);
    }, { signal });
  }
}
