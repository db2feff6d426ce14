// The page of packets: a link that names parts opens them for whoever was given it; otherwise one may build a packet.
// Without it, every packet is listed, with its own page and PDFs.
import { make } from './live.js'
import { read, troubles } from './packetlink.js'

const root = document.querySelector('.packets')
const catalogue = JSON.parse(document.getElementById('catalogue_').textContent)
const [head, list] = ['.head', '.list'].map((name) => root.querySelector(name))
const build = root.querySelector('.build')
const mine = make('section', { class: 'mine' })
const trouble = make('section', { class: 'notice', 'aria-label': WORDS`packets.about_this_link` })

/** Show what the address asks for: a packet to go through, one to change, or the list. */
async function show(event) {
  const asked = read(location.hash, catalogue)
  const given = asked.parts.length > 0 && !asked.change
  const told = troubles(asked, catalogue)
  trouble.replaceChildren(...told.map((words) => make('p', {}, words)))
  trouble.hidden = !told.length
  head.hidden = given
  list.hidden = given || asked.change
  build.hidden = given
  mine.hidden = !given
  if (given) (await import('./packetview.js')).open(mine, asked.parts, catalogue, root)
  else (await import('./packetbuild.js')).open(build, asked.parts, catalogue, root)
  if (event && (given || asked.change)) (given ? mine : build).querySelector('[tabindex="-1"]').focus()
}

document.documentElement.classList.add('js')
head.before(trouble, mine)
addEventListener('hashchange', show)
show()
