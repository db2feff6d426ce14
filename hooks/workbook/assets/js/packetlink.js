// The link of a packet: ids alone, after the '#', so that no server learns them, and no stranger can put words on our page.
// No page needed.

export const MOST = 20 // parts; packet.py has the same
/** What a patient is told of a sheet that is for a session, wherever it is named to them. */
export const SESSION = [WORDS`packetlink.for_a_session`, WORDS`packetlink.not_alone`]
const LONGEST = 4000 // characters of a link that anyone would make

/**
 * What a link asks for. `asked`: whether it is the link of a packet at all; `change`: whether it is to be changed.
 * `parts` are known and there once, in order: { kind: 'w' or 'p', id }. The others are counted: `strange` ones are on no list of
 * ours, `retired` ones are told by id, with what took their place among the parts, and `more` is how many are past MOST. What has
 * another address now is found there, as a server finds it.
 */
export function read(fragment, catalogue) {
  const found = { asked: false, change: false, parts: [], retired: [], strange: 0, more: 0, long: false }
  if (fragment.length > LONGEST) return { ...found, asked: true, long: true }
  for (const piece of typed(fragment.replace(/^#/, '')).split('&')) {
    if (piece === 'change') found.change = true
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(piece) ?? []
    if (value === undefined) continue
    found.asked = true
    for (const id of plain(value).split(',').map(typed).filter(Boolean)) take(typed(plain(key)), id, catalogue, found)
  }
  return found
}

function take(given, name, catalogue, found) {
  const [kind, id] = now(given, name, catalogue)
  const known = (kind === 'w' || kind === 'p') && Object.hasOwn(catalogue[kind], id) && catalogue[kind][id]
  if (!known) found.strange += 1
  else if (known.retired) {
    found.retired.push(id)
    if (known.successor) take(kind, known.successor, catalogue, found)
  }
  else if (found.parts.some((one) => one.kind === kind && one.id === id)) return
  else if (found.parts.length >= MOST) found.more += 1
  else found.parts.push({ kind, id })
}

/** Where a part is now: the list of addresses that have moved knows the old one, and leads to one that is there. */
function now(kind, id, { moved = {} }) {
  const old = `${kind}:${id}`
  const [, letter, name] = (Object.hasOwn(moved, old) && /^(.):(.*)$/.exec(moved[old])) || [old, kind, id]
  return [letter, name]
}

/** Some programs write a comma or a slash as %2C or %2F. What is written so twice is none of ours. */
function plain(value) {
  try { return decodeURIComponent(value) } catch { return value }
}

/** As we write it, whatever a hand or a sentence around it added: spaces, capitals, a full stop behind it. */
const typed = (text) => text.trim().replace(/[\s.,;)]+$/, '').toLowerCase()

/** '#p=crisis&w=urge-log,my-week': parts of one kind that follow each other share a name. */
export function write(parts) {
  const runs = []
  for (const { kind, id } of parts) {
    if (runs.at(-1)?.kind === kind) runs.at(-1).ids.push(id)
    else runs.push({ kind, ids: [id] })
  }
  return '#' + runs.map(({ kind, ids }) => `${kind}=${ids.join(',')}`).join('&')
}

/** Minutes, sheets, pages to read and pages of paper, added up. */
export function sums(parts, catalogue) {
  const some = parts.map(({ kind, id }) => ({ kind, ...catalogue[kind][id] }))
  const add = (list, name) => list.reduce((sum, one) => sum + (one[name] ?? 0), 0)
  const sheets = some.filter(({ kind }) => kind === 'w')
  return { minutes: add(some, 'minutes'), sheets: sheets.length, reading: some.length - sheets.length, paper: add(sheets, 'pages') }
}

/** '5 sheets · 1 page to read · 30 minutes in all · 8 pages on paper' */
export function said({ minutes, sheets, reading, paper }) {
  return [sheets && WORDS`packet.sheets count=${sheets}`, reading && WORDS`packet.pages_to_read count=${reading}`,
    WORDS`shared.minutes_in_all minutes=${minutes}`, paper && WORDS`packet.on_paper pages=${paper}`].filter(Boolean).join(' · ')
}

/** What is wrong with a link, in sentences of ours: nothing in them comes from the link. */
export function troubles({ asked, long, strange, more, retired, parts }, catalogue) {
  if (long) return [WORDS`packetlink.too_long`]
  if (asked && !strange && !retired.length && !parts.length) return [WORDS`packetlink.empty`]
  const rest = parts.length ? WORDS`packetlink.the_rest_is_here` : ''
  return [
    strange && (strange === 1 ? WORDS`packetlink.one_is_not_here rest=${rest}` : WORDS`packetlink.some_are_not_here count=${strange} rest=${rest}`),
    ...retired.map((id) => catalogue.w[id]).map(({ title, successor }) => (successor
      ? WORDS`packetlink.replaced successor=${catalogue.w[successor].title} title=${title}`
      : WORDS`packetlink.retired title=${title} rest=${rest}`)),
    more && WORDS`packetlink.too_many most=${MOST} more=${more}`,
  ].filter(Boolean)
}

/** The curated packet that has just these parts, in this order; undefined when there is none. */
export function curated(parts, catalogue) {
  const asked = parts.map(({ kind, id }) => `${kind}:${id}`).join()
  return Object.keys(catalogue.packets).find((id) => catalogue.packets[id].parts.join() === asked)
}
