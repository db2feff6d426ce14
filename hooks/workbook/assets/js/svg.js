// Makes what is drawn.

/** An SVG element with attributes and children. */
export function draw(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** A number short enough for a path. */
export const short = (number) => Math.round(number * 10) / 10
