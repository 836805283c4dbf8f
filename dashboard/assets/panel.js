// Draws a part of the panel from markup in which the server has escaped every text.
//
// Streamlit's own way would take the markup apart and put it together again at each choice,
// which takes longer than all the rest.

export default function ({ data, parentElement }) {
  let part = parentElement.querySelector(":scope > .cc-part");
  if (!part) {
    part = document.createElement("div");
    part.className = "cc-part";
    parentElement.append(part);
  }
  const markup = new TextDecoder().decode(data);
  if (part.markup === markup) return;
  part.markup = markup;
  part.innerHTML = markup;
}
