// The search box: asks the server while the reader types, shows what it answers as a list of links.
//
// Arrow keys move through the hits, Enter follows the marked one (or the first), Escape empties the box.

const PAUSE = 120; // ms without a key before the server is asked
// What a screen reader is told is said in one place of the page.
const tell = (sentence) => document.dispatchEvent(new CustomEvent("corridors-say", { detail: sentence }));
const boxes = new WeakMap(); // what each box knows between two answers

function mark(box, place) {
  const options = [...box.list.querySelectorAll("a")];
  options.forEach((option, index) => option.setAttribute("aria-selected", index === place));
  box.marked = options.length ? place : -1;
  const option = options[place];
  if (option) {
    box.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    box.input.removeAttribute("aria-activedescendant");
  }
}

function open(box, isOpen) {
  box.list.hidden = !isOpen || !box.list.children.length;
  box.input.setAttribute("aria-expanded", String(!box.list.hidden));
}

function follow(box, place) {
  box.list.children[place]?.querySelector("a").click();
  box.input.value = "";
  open(box, false);
  box.nothing.textContent = "";
}

function listen(box) {
  box.input.addEventListener("input", () => {
    clearTimeout(box.timer);
    box.timer = setTimeout(() => box.ask(box.input.value), PAUSE);
  });
  box.input.addEventListener("keydown", (event) => {
    const last = box.list.children.length - 1;
    const moves = { ArrowDown: Math.min(box.marked + 1, last), ArrowUp: Math.max(box.marked - 1, 0) };
    if (event.key in moves) {
      event.preventDefault();
      mark(box, moves[event.key]);
    }
    if (event.key === "Enter") follow(box, Math.max(box.marked, 0));
    if (event.key === "Escape") {
      box.input.value = "";
      box.nothing.textContent = "";
      open(box, false);
    }
    event.stopPropagation(); // the page's own keys are not meant for the box
  });
  box.input.addEventListener("focus", () => open(box, true));
  box.list.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    box.input.value = "";
    open(box, false);
  });
  document.addEventListener("click", (event) => {
    if (!box.root.contains(event.target)) open(box, false);
  });
}

function fill(box, data) {
  box.input.setAttribute("aria-label", data.words.label);
  box.input.placeholder = data.words.placeholder;
  if (data.query !== box.input.value) return; // an answer to older words
  box.list.replaceChildren(
    ...data.hits.map((hit, place) => {
      const row = document.createElement("li");
      row.setAttribute("role", "none");
      const link = row.appendChild(document.createElement("a"));
      link.id = `cc-hit-${place}`;
      link.setAttribute("role", "option");
      link.href = hit.link;
      link.target = "_self";
      link.tabIndex = -1;
      const name = link.appendChild(document.createElement("span"));
      name.textContent = hit.name;
      const kind = link.appendChild(document.createElement("small"));
      kind.textContent = hit.kind;
      return row;
    })
  );
  mark(box, -1);
  open(box, document.activeElement === box.input && data.query !== "");
  const isAsked = data.query.trim() !== "";
  box.nothing.textContent = isAsked && !data.hits.length ? data.words.nothing : "";
  if (isAsked && document.activeElement === box.input) tell(data.hits.length ? data.words.found : data.words.nothing);
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".cc-search");
  let box = boxes.get(root);
  if (!box) {
    box = {
      root,
      input: root.querySelector("input"),
      list: root.querySelector("ul"),
      nothing: root.querySelector(".cc-nothing"),
      marked: -1,
    };
    boxes.set(root, box);
    listen(box);
  }
  box.ask = (query) => setStateValue("query", query);
  fill(box, data);
}
