// Putting a packet together: choose, order, and hand over by one link. Nothing leaves the page.
import { hidden, make } from './live.js'
import { MOST, said, sums, write } from './packetlink.js'

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const same = (one, other) => one.kind === other.kind && one.id === other.id
const [UP, DOWN, OUT] = [WORDS`packetbuild.move_up`, WORDS`packetbuild.move_down`, WORDS`packetbuild.take_out`]
const TOGETHER = WORDS`packetbuild.go_through_it_together`
let state

/** Show the builder with these parts chosen. A second call keeps what is there, unless it brings other parts. */
export function open(place, parts, catalogue, root) {
  if (!state) {
    state = { catalogue, root, parts: [], picks: new Map() }
    draw(place)
  }
  if (parts.length || location.hash.includes('=')) state.parts = parts
  refresh()
}

function draw(place) {
  const { catalogue } = state
  state.order = make('ol', { class: 'chosen' })
  state.total = make('p', { class: 'total', role: 'status' })
  state.said = make('p', { role: 'status' })
  state.undo = make('button', { type: 'button', class: 'btn second', hidden: '' }, WORDS`shared.undo`)
  state.undo.addEventListener('click', undo)
  state.over = make('div', { class: 'over' })
  state.session = make('p', { class: 'notice', role: 'status' })
  place.replaceChildren(
    make('h2', { id: 'build_', tabindex: '-1' }, WORDS`packetbuild.your_own_packet`),
    make('p', {}, WORDS`packetbuild.what_to_do`, make('strong', {}, WORDS`packetbuild.private`),
      WORDS`packetbuild.what_link_holds`),
    make('div', {}, make('div', { class: 'bench' },
      make('section', { 'aria-labelledby': 'choose_' }, make('h3', { id: 'choose_' }, WORDS`packetbuild.first_choose`), ...chooser(catalogue)),
      make('section', { 'aria-labelledby': 'order_' }, make('h3', { id: 'order_', tabindex: '-1' }, WORDS`packetbuild.then_put_in_order`), state.total, state.order),
    ), make('div', { class: 'told' }, state.said, state.undo)),
    state.session,
    make('section', { 'aria-labelledby': 'over_' }, make('h3', { id: 'over_' }, WORDS`packetbuild.then_hand_it_over`), state.over),
  )
}

// ---- choosing

function chooser(catalogue) {
  const start = make('select', { id: 'from_' }, make('option', { value: '' }, WORDS`packetbuild.an_empty_packet`),
    ...Object.entries(catalogue.packets).map(([id, { title }]) => make('option', { value: id }, title)))
  const use = make('button', { type: 'button', class: 'btn second' }, WORDS`packetbuild.use_it`)
  use.addEventListener('click', () => startFrom(catalogue.packets[start.value]))
  const search = make('input', { type: 'search', id: 'search_', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' })
  const found = make('p', { class: 'said-here', role: 'status' })
  search.addEventListener('input', () => filter(search.value, found))
  return [make('p', {}, make('label', { for: 'from_' }, WORDS`packetbuild.start_from`), make('span', { class: 'beside' }, start, use)),
    make('p', {}, make('label', { for: 'search_' }, WORDS`packetbuild.search_by_a_word`), search), found, ...groups(catalogue)]
}

function groups({ w, p }) {
  const some = new Map()
  for (const [id, one] of Object.entries(w)) if (!one.retired) put(some, one.group, { kind: 'w', id }, one)
  for (const [id, one] of Object.entries(p)) put(some, WORDS`packetbuild.pages_to_read`, { kind: 'p', id }, one)
  return [...some].map(([name, items]) => make('details', { class: 'pick' },
    make('summary', {}, `${name} (${items.length})`), make('ul', {}, ...items.map(pick))))
}

const put = (some, name, part, about) => some.set(name, [...some.get(name) ?? [], { part, ...about }])

function pick({ part, title, about = '', minutes, pages }) {
  const box = make('input', { type: 'checkbox' })
  box.addEventListener('change', () => {
    const without = state.parts.filter((one) => !same(one, part))
    if (!box.checked) choose(without, WORDS`packetbuild.taken_out title=${title}`, state.parts)
    else if (without.length < MOST) choose([...without, part], WORDS`packetbuild.is_in title=${title} place=${without.length + 1} most=${MOST}`)
    else choose(without, WORDS`packetbuild.full most=${MOST}`)
  })
  const size = pages ? WORDS`packetbuild.minutes_and_pages minutes=${minutes} pages=${pages}` : WORDS`packetbuild.minutes minutes=${minutes}`
  const item = make('li', {}, make('label', { class: 'option' }, box, make('span', {}, title, ' ', make('small', {}, size))))
  state.picks.set(`${part.kind}:${part.id}`, { box, item, words: plain(`${title} ${about}`) })
  return item
}

function filter(typed, found) {
  const words = plain(typed).trim().split(/\s+/).filter(Boolean)
  let count = 0
  for (const { item, words: own } of state.picks.values()) {
    item.hidden = !words.every((word) => own.includes(word))
    count += !item.hidden
  }
  for (const group of document.querySelectorAll('.pick')) {
    group.hidden = !group.querySelector('li:not([hidden])')
    group.open = Boolean(words.length)
  }
  found.textContent = !words.length ? '' : count ? WORDS`packetbuild.found count=${count}` : WORDS`packetbuild.nothing_found`
}

// ---- what is chosen

/** Everything that was chosen gives way to a packet of ours, or to none; one press brings it back. */
function startFrom(packet) {
  const before = state.parts
  const parts = (packet?.parts ?? []).map((one) => ({ kind: one[0], id: one.slice(2) }))
  const instead = before.length ? WORDS`packetbuild.instead` : ''
  choose(parts, packet ? WORDS`packetbuild.started_from title=${packet.title} instead=${instead}` : WORDS`packetbuild.emptied instead=${instead}`, before.length ? before : null)
}

/** Take these parts, and let the address hold them, so that reloading loses nothing. What is told can be undone if there was a `before`. */
function choose(parts, told, before = null) {
  state.parts = parts
  state.before = before
  const link = state.parts.length ? `${write(state.parts)}&change` : location.pathname + location.search
  history.replaceState(history.state, '', link)
  refresh()
  state.said.textContent = told
  state.undo.hidden = !before
}

function undo() {
  choose(state.before, WORDS`packetbuild.undone`)
  document.getElementById('order_').focus()
}

function refresh() {
  const { parts, catalogue } = state
  for (const [name, { box }] of state.picks) box.checked = parts.some(({ kind, id }) => name === `${kind}:${id}`)
  state.total.textContent = parts.length ? said(sums(parts, catalogue)) : WORDS`packetbuild.nothing_chosen`
  state.order.replaceChildren(...parts.map(line))
  const together = parts.map(({ kind, id }) => catalogue[kind][id]).filter(({ session }) => session).map(({ title }) => `“${title}”`)
  state.session.textContent = together.length ? WORDS`packetbuild.go_through_these titles=${together.join(', ')} what_to_do=${TOGETHER}` : ''
  state.session.hidden = !together.length
  import('./packetshare.js').then(({ share }) => share(state.over, parts, catalogue, state.root))
    .catch(() => state.over.replaceChildren(make('p', {}, WORDS`packetbuild.part_did_not_arrive`)))
}

function line(part, n) {
  const { title, session } = state.catalogue[part.kind][part.id]
  const button = (words, sign, act, off = false) => {
    const made = make('button', { type: 'button', class: 'btn second', 'data-act': words }, make('span', { 'aria-hidden': 'true' }, sign), hidden(`${words}: ${title}`))
    made.disabled = off
    made.addEventListener('click', act)
    return made
  }
  return make('li', {}, make('span', { class: 'name' }, title, ...(session ? [' ', make('small', {}, WORDS`packetbuild.for_a_session`)] : [])),
    button(UP, '↑', () => move(n, -1), n === 0), button(DOWN, '↓', () => move(n, 1), n === state.parts.length - 1),
    button(OUT, '✕', () => takeOut(n)))
}

/** The focus goes where the part goes; at an end, to the button that still works. */
function move(n, by) {
  const parts = [...state.parts]
  const [part] = parts.splice(n, 1)
  parts.splice(n + by, 0, part)
  choose(parts, WORDS`packetbuild.now_at title=${state.catalogue[part.kind][part.id].title} place=${n + by + 1} all=${parts.length}`)
  const line = state.order.children[n + by]
  const way = by < 0 ? UP : DOWN
  const button = line.querySelector(`[data-act="${way}"]:enabled`) ?? line.querySelector('button:enabled')
  button.focus()
}

function takeOut(n) {
  const [part] = state.parts.slice(n, n + 1)
  choose(state.parts.filter((one) => one !== part), WORDS`packetbuild.taken_out title=${state.catalogue[part.kind][part.id].title}`, state.parts)
  const next = state.order.children[Math.min(n, state.parts.length - 1)]
  const place = next ? next.querySelector(`[data-act="${OUT}"]`) : document.getElementById('build_')
  place.focus()
}
