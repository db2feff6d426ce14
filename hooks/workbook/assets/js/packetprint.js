// Printing a packet: the PDF we made of it where it is one of ours, else one that is put together here from its sheets.
import { download } from './ask.js'
import { make } from './live.js'
import { curated } from './packetlink.js'

const PAPERS = [['letter', WORDS`shared.letter`], ['a4', 'A4'], ['large-letter', WORDS`shared.large_print_letter`], ['large-a4', WORDS`shared.large_print_a4`]]

/** A box with what there is to print. */
export function paper(parts, catalogue) {
  const known = curated(parts, catalogue)
  const sheets = parts.filter(({ kind }) => kind === 'w').map(({ id }) => id)
  const pages = parts.filter(({ kind }) => kind === 'p')
  const box = make('aside', { class: 'take', 'aria-labelledby': 'print_' }, make('h2', { id: 'print_' }, WORDS`packetprint.print_all`))
  if (known) box.append(make('p', {}, pages.length ? WORDS`packetprint.one_file_with_pages` : WORDS`packetprint.one_file`), ready(known))
  else if (location.protocol === 'file:') box.append(...apart(WORDS`packetprint.not_from_a_disk`, parts, catalogue))
  else {
    if (sheets.length) box.append(...made(sheets))
    const said = sheets.length ? WORDS`packetprint.pages_not_in_file` : WORDS`packetprint.only_pages`
    if (pages.length) box.append(...apart(said, pages, catalogue))
  }
  return box
}

function ready(id) {
  return make('ul', {}, ...PAPERS.map(([size, words]) =>
    make('li', {}, make('a', { href: `${id}/${id}-${size}.pdf`, type: 'application/pdf' }, WORDS`packetprint.pdf paper=${words}`))))
}

/** Each is printed from where it stands: pages are no part of what is put together here, and a disk lets no page read a PDF. */
function apart(said, parts, catalogue) {
  const link = ({ kind, id }) => make('a', { href: `../${kind === 'w' ? 'worksheets/' : ''}${id}/` }, catalogue[kind][id].title)
  return [make('p', {}, said), make('ul', {}, ...parts.map((one) => make('li', {}, link(one))))]
}

function made(sheets) {
  const size = make('select', { id: 'paper_' }, ...PAPERS.map(([value, words]) => make('option', { value }, words)))
  const button = make('button', { type: 'button', class: 'btn' }, WORDS`packetprint.make_one_pdf`)
  const status = make('p', { role: 'status' })
  button.addEventListener('click', async () => {
    status.textContent = WORDS`shared.one_moment`
    try {
      download('packet.pdf', await merged(sheets, size.value), 'application/pdf')
      status.textContent = WORDS`packetprint.saved`
    } catch {
      status.textContent = WORDS`packetprint.sheet_did_not_arrive`
    }
  })
  return [make('p', {}, WORDS`packetprint.made_here`),
    make('p', {}, make('label', { for: 'paper_' }, WORDS`packetprint.paper`), size), make('p', { class: 'buttons' }, button), status]
}

async function merged(sheets, size) {
  const [{ merge }, ...files] = await Promise.all([import('./packetmerge.js'), ...sheets.map((id) => blank(id, size))])
  return merge(files)
}

/** The PDF of one sheet, as it is published. */
async function blank(id, size) {
  const answer = await fetch(`../worksheets/${id}/${id}-${size}.pdf`, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  if (!answer.ok) throw new Error(`${answer.status} for ${id}`)
  return { id, bytes: new Uint8Array(await answer.arrayBuffer()) }
}
