// Formats the bodies of responses for reading.

export function readable(body) {
  if (/^\s*[[{]/.test(body)) return readableJson(body);
  return /^\s*</.test(body) ? readableXml(body) : body;
}

// Indents the text itself. Parsing and writing numbers could lose digits.
export function readableJson(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = () => "\n" + "  ".repeat(depth);
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  return tokens.map((token, index) => {
    if (token === "{" || token === "[") {
      depth += 1;
      return /[}\]]/.test(tokens[index + 1]) ? token : token + line();
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      return /^[{[]$/.test(tokens[index - 1]) ? token : line() + token;
    }
    if (token === ",") return token + line();
    return token === ":" ? ": " : token;
  }).join("");
}

export function readableXml(text) {
  let depth = 0;
  return text.trim().replace(/>\s*</g, ">\n<").split("\n").map((line) => {
    if (line.startsWith("</")) depth -= 1;
    const indented = "  ".repeat(Math.max(depth, 0)) + line;
    if (/^<[^/?!]/.test(line) && !/\/>$/.test(line) && !line.includes("</")) depth += 1;
    return indented;
  }).join("\n");
}
