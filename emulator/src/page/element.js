// Creates and finds elements. All text of specs and responses becomes text nodes, never markup.

export const at = (id) => document.getElementById(id);

// Creates an element with attributes, text and children.
export function piece(tag, attributes = {}, text = "", within = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  made.append(...within);
  return made;
}

// Allows line breaks between the words of long names.
export function breakable(text) {
  const words = text.split(/(?<=[a-z])(?=[A-Z])|(?<=\.)/);
  return words.flatMap((word, index) => (index ? [piece("wbr"), word] : [word]));
}
