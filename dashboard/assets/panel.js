// Draws a part of the panel from markup in which the server has escaped every text.
//
// Streamlit's own way would take the markup apart and put it together again at each choice,
// which takes longer than all the rest. Before the markup stands a line with its digest and its
// view's link; where ahead.js has drawn the part already, the markup is left out.

const page = (window.caspianCorridors ??= {});

export function draw(part, digest, markup) {
  if (part.digest === digest) return;
  part.digest = digest;
  part.innerHTML = markup;
}

export default function ({ data, parentElement }) {
  let part = parentElement.querySelector(":scope > .cc-part");
  if (!part) {
    part = document.createElement("div");
    part.className = "cc-part";
    parentElement.append(part);
  }
  page.drawPart = draw;
  const text = new TextDecoder().decode(data);
  const end = text.indexOf("\n");
  const [digest, link] = text.slice(0, end).split(" ");
  if (page.ahead && page.ahead !== link) return; // the answer to an earlier choice than the one that is drawn
  const markup = text.slice(end + 1) || page.texts?.get(digest);
  if (markup !== undefined) draw(part, digest, markup);
  else window.dispatchEvent(new PopStateEvent("popstate")); // not there any more: the server is to say it all
}
