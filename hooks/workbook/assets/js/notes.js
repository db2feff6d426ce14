// Sources in the margin of a wide screen, each beside the words that rest on it. They repeat the list at the page's end, and
// so are for the eye alone; they stand outside the flow, so that nothing moves when they come.

const GAP = 12
const text = document.querySelector('.text')

/** A citation's own block, as far up as the column of text. */
function block(link) {
  let one = link
  while (one.parentElement !== text) one = one.parentElement
  return one
}

function note(link) {
  const entry = document.getElementById(link.hash.slice(1))?.querySelector('.source__entry')
  if (!entry) return null
  const copy = entry.cloneNode(true)
  copy.querySelector('.source__back')?.remove()
  const made = document.createElement('p')
  made.className = 'note'
  made.ariaHidden = 'true'
  const said = copy.textContent.replace(/\s*(Retrieved [^,]*, from )?https?:\/\/\S+/g, '').trim()
  made.textContent = /^\d+$/.test(link.textContent) ? `${link.textContent}. ${said}` : said
  return made
}

let pairs

function place() {
  let free = 0
  for (const [link, made] of pairs) {
    const top = Math.max(link.getBoundingClientRect().top - text.getBoundingClientRect().top, free)
    made.style.top = `${top}px`
    free = top + made.offsetHeight + GAP
  }
}

/** Make the notes once. A work is noted where it is first cited; not beside a table, which takes the margin itself, nor beside what is folded. */
export function show() {
  if (pairs) return
  const first = new Map()
  for (const link of text.querySelectorAll('a.cite')) {
    if (!first.has(link.hash) && !block(link).matches('table, .compare, .roads, .facts, .admonition, details')) first.set(link.hash, link)
  }
  pairs = [...first.values()].map((link) => [link, note(link)]).filter(([, made]) => made)
  text.append(...pairs.map(([, made]) => made))
  new ResizeObserver(place).observe(text)
}
