// Putting a packet together: choose, order, and hand over by one link. Nothing leaves the page.
import { hidden, make } from './live.js'
import { MOST, said, sums, write } from './packetlink.js'

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const same = (one, other) => one.kind === other.kind && one.id === other.id
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
  state.moved = make('p', { class: 'vh', role: 'status' })
  state.over = make('div', { class: 'over' })
  place.replaceChildren(
    make('h2', { id: 'build_', tabindex: '-1' }, 'Your own packet'),
    make('p', {}, 'Choose sheets and pages, put them in order, and give someone one link. ', make('strong', {}, 'Nothing leaves this page.'),
      ' The link holds names of sheets, and no name of a person.'),
    make('div', { class: 'bench' },
      make('section', { 'aria-labelledby': 'choose_' }, make('h3', { id: 'choose_' }, '1. Choose'), ...chooser(catalogue)),
      make('section', { 'aria-labelledby': 'order_' }, make('h3', { id: 'order_' }, '2. Put in order'), state.total, state.order, state.moved),
    ),
    make('section', { 'aria-labelledby': 'over_' }, make('h3', { id: 'over_' }, '3. Hand it over'), state.over),
  )
}

// ---- choosing

function chooser(catalogue) {
  const start = make('select', { id: 'from_' }, make('option', { value: '' }, 'An empty packet'),
    ...Object.entries(catalogue.packets).map(([id, { title }]) => make('option', { value: id }, title)))
  start.addEventListener('change', () => {
    const parts = catalogue.packets[start.value]?.parts ?? []
    choose(parts.map((one) => ({ kind: one[0], id: one.slice(2) })))
  })
  const search = make('input', { type: 'search', id: 'search_', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' })
  const found = make('p', { class: 'vh', role: 'status' })
  search.addEventListener('input', () => filter(search.value, found))
  return [make('p', {}, make('label', { for: 'from_' }, 'Start from'), start),
    make('p', {}, make('label', { for: 'search_' }, 'Search by a word'), search), found, ...groups(catalogue)]
}

function groups({ w, p }) {
  const some = new Map()
  for (const [id, one] of Object.entries(w)) if (!one.retired) put(some, one.group, { kind: 'w', id }, one)
  for (const [id, one] of Object.entries(p)) put(some, 'Pages to read', { kind: 'p', id }, one)
  return [...some].map(([name, items]) => make('details', { class: 'pick' },
    make('summary', {}, `${name} (${items.length})`), make('ul', {}, ...items.map(pick))))
}

const put = (some, name, part, about) => some.set(name, [...some.get(name) ?? [], { part, ...about }])

function pick({ part, title, about = '', minutes, pages }) {
  const box = make('input', { type: 'checkbox' })
  box.addEventListener('change', () => {
    const without = state.parts.filter((one) => !same(one, part))
    choose(box.checked ? [...without, part] : without)
  })
  const paper = pages ? `, ${pages} ${pages === 1 ? 'page' : 'pages'}` : ''
  const item = make('li', {}, make('label', { class: 'option' }, box, make('span', {}, title, ' ', make('small', {}, `${minutes} min${paper}`))))
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
  found.textContent = words.length ? `${count} found` : ''
}

// ---- what is chosen

/** Take these parts, and let the address hold them, so that reloading loses nothing. */
function choose(parts) {
  state.parts = parts.slice(0, MOST)
  const link = state.parts.length ? `${write(state.parts)}&change` : location.pathname + location.search
  history.replaceState(history.state, '', link)
  refresh()
  if (parts.length > MOST) state.moved.textContent = `A packet holds ${MOST} parts at most.`
}

function refresh() {
  const { parts, catalogue } = state
  for (const [name, { box }] of state.picks) box.checked = parts.some(({ kind, id }) => name === `${kind}:${id}`)
  state.total.textContent = parts.length ? said(sums(parts, catalogue)) : 'Nothing is chosen yet.'
  state.order.replaceChildren(...parts.map(line))
  import('./packetshare.js').then(({ share }) => share(state.over, parts, catalogue, state.root))
}

function line(part, n) {
  const { title } = state.catalogue[part.kind][part.id]
  const button = (words, sign, act, off = false) => {
    const made = make('button', { type: 'button', class: 'btn second', 'data-act': words }, make('span', { 'aria-hidden': 'true' }, sign), hidden(`${words}: ${title}`))
    made.disabled = off
    made.addEventListener('click', act)
    return made
  }
  return make('li', {}, make('span', { class: 'name' }, title),
    button('Move up', '↑', () => move(n, -1), n === 0), button('Move down', '↓', () => move(n, 1), n === state.parts.length - 1),
    button('Take out', '✕', () => takeOut(n)))
}

/** The focus goes where the part goes; at an end, to the button that still works. */
function move(n, by) {
  const parts = [...state.parts]
  const [part] = parts.splice(n, 1)
  parts.splice(n + by, 0, part)
  choose(parts)
  const line = state.order.children[n + by]
  const way = by < 0 ? 'Move up' : 'Move down'
  const button = line.querySelector(`[data-act="${way}"]:enabled`) ?? line.querySelector('button:enabled')
  button.focus()
  state.moved.textContent = `${state.catalogue[part.kind][part.id].title}: now ${n + by + 1} of ${parts.length}`
}

function takeOut(n) {
  const [part] = state.parts.slice(n, n + 1)
  choose(state.parts.filter((one) => one !== part))
  const next = state.order.children[Math.min(n, state.parts.length - 1)]
  const place = next ? next.querySelector('[data-act="Take out"]') : document.getElementById('build_')
  place.focus()
  state.moved.textContent = `${state.catalogue[part.kind][part.id].title} is taken out`
}
