// Keeping the whole handbook on this device, on a page that has an element with data-offline. The worker, sw.js, does the keeping;
// here one chooses, sees how much it is, and takes it off again. Nothing is on the device before a button is pressed.
import { CACHE, HOME, workers } from './home.js'
import { make } from './live.js'
import { offerApp } from './newer.js'
import { tabs } from './store.js'

const FIRST = 'handbook' // the group that is always kept
const PATIENCE = 60_000
const WHY = {
  QuotaExceededError: WORDS`offline.not_enough_room`,
  Changed: WORDS`offline.not_as_published`,
  Offline: WORDS`offline.broken_off`,
}

const place = document.querySelector('[data-offline]')
const said = make('p', { role: 'status' })
const bar = make('progress', { 'aria-label': WORDS`offline.how_much_has_arrived`, max: 1, value: 0, hidden: '' })
const sum = make('p')
const buttons = make('p', { class: 'buttons' })
const list = make('fieldset', {}, make('legend', {}, WORDS`offline.what_else`))
let groups // [[name, title, files, bytes], ...], the handbook first
let isHere // what was said last

const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`
const bytesOf = (names) => groups.filter(([name]) => names.includes(name)).reduce((all, [, , , bytes]) => all + bytes, 0)
const boxes = () => [...list.querySelectorAll('[name=group]')]
const chosen = () => [FIRST, ...boxes().filter((one) => one.checked).map((one) => one.value)]
const broken = (name) => Object.assign(new Error(name), { name })

/** The groups that are kept; null when nothing is. */
async function keptGroups() {
  const [registration] = await workers()
  const record = await caches.match(`${HOME}?kept`, { cacheName: CACHE }).catch(() => undefined)
  if (registration?.active && record) return (await record.json()).groups
  if (!registration && await caches.has(CACHE)) await caches.delete(CACHE) // it was broken off before it was whole
  return null
}

/** What the worker tells until it is done: the bytes that arrive, then that it is done, or why not. */
function progress(whole, begin) {
  const talk = new BroadcastChannel(CACHE)
  let arrived = 0
  let patience
  let erased
  bar.hidden = false
  bar.value = 0
  return new Promise((resolve, reject) => {
    const wait = () => {
      clearTimeout(patience)
      patience = setTimeout(() => reject(broken('Offline')), PATIENCE)
    }
    talk.onmessage = ({ data }) => {
      wait()
      if (data.bytes) {
        arrived = Math.min(whole, arrived + data.bytes) // the list of all files cannot count itself
        bar.value = arrived / whole
        said.textContent = WORDS`offline.has_arrived part=${size(arrived)} all=${size(whole)}`
      } else if (data.broken) reject(broken(data.broken in WHY ? data.broken : 'Offline'))
      else if (data.chosen) resolve()
    }
    erased = ({ data }) => { if (data.erased) reject(broken('Offline')) } // in another tab; Firefox lets the worker go on to its end
    tabs.addEventListener('message', erased)
    wait()
    begin(resolve, reject)
  }).finally(() => {
    clearTimeout(patience)
    tabs.removeEventListener('message', erased)
    talk.close()
    bar.hidden = true
  })
}

async function install() {
  await progress(bytesOf([FIRST]), async (resolve, reject) => { // it listens before the worker begins
    const registration = await navigator.serviceWorker.register(`${HOME}sw.js`, { scope: HOME, updateViaCache: 'none' }).catch(() => null)
    if (!registration) return reject(broken('Offline'))
    const worker = registration.installing ?? registration.waiting ?? registration.active
    const look = () => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') setTimeout(() => reject(broken('Offline')), 500) // unless it has said why
    }
    worker.addEventListener('statechange', look)
    look()
  }).catch(async (error) => {
    await takeOff()
    throw error
  })
}

async function choose(names, before) {
  const [{ active }] = await workers()
  const more = names.filter((name) => !before.includes(name))
  await progress(bytesOf(more), () => active.postMessage({ choose: names }))
}

async function takeOff() {
  for (const one of await workers()) await one.unregister()
  await caches.delete(CACHE)
}

/** Keep what is ticked; say what came of it. */
async function keep() {
  tell(WORDS`shared.one_moment`)
  const before = await keptGroups()
  const names = chosen()
  const more = bytesOf(names) - bytesOf(before ?? [])
  const { quota = Infinity, usage = 0 } = await navigator.storage?.estimate?.() ?? {} // not every browser tells
  if (more > (quota - usage) * .9) return tell(WORDS`offline.takes_too_much why=${WHY.QuotaExceededError} size=${size(more)}`)
  for (const one of place.querySelectorAll('button, input')) one.disabled = true
  try {
    if (!before) await install()
    if (!before || `${names}` !== `${before}`) await choose(names, before ?? [FIRST])
  } catch (error) {
    const now = await keptGroups()
    const left = now ? WORDS`offline.as_before` : WORDS`offline.nothing_kept`
    await show()
    return tell(WORDS`offline.try_again why=${WHY[error.name] ?? WHY.Offline} left=${left}`)
  }
  offerApp(HOME)
  await show()
}

async function remove() {
  await takeOff()
  await show()
  tell(WORDS`offline.taken_off`)
}

function tell(words) {
  said.textContent = words
}

function button(words, look, press) {
  const made = make('button', { type: 'button', class: look }, words)
  made.addEventListener('click', press)
  return made
}

async function show() {
  const now = await keptGroups()
  isHere = Boolean(now)
  for (const one of boxes()) one.checked = (now ?? []).includes(one.value)
  tell(now ? WORDS`offline.is_here size=${size(bytesOf(now))}` : WORDS`offline.is_not_here`)
  buttons.replaceChildren(button(now ? WORDS`offline.keep_ticked` : WORDS`offline.keep_handbook`, 'btn', keep),
    ...(now ? [button(WORDS`offline.take_off`, 'btn second', remove)] : []))
  for (const one of place.querySelectorAll('button, input')) one.disabled = false
  add()
}

/** Another tab may have taken it off, or erased everything. What is ticked here stays, unless that has happened. */
async function look() {
  const isBusy = [...buttons.children].some((one) => one.disabled)
  if (!isBusy && Boolean(await keptGroups()) !== isHere) await show()
}

function add() {
  const all = list.querySelector('[value=all]')
  all.checked = boxes().every((one) => one.checked)
  sum.textContent = WORDS`offline.takes size=${size(bytesOf(chosen()))}`
}

function option(name, value, words) {
  return make('label', {}, make('input', { type: 'checkbox', name, value }), words)
}

function dress() {
  const [[, title, , bytes], ...rest] = groups
  const first = make('p', {}, make('strong', {}, `${title}: ${size(bytes)}.`), WORDS`offline.always`)
  const whole = rest.reduce((all, [, , , one]) => all + one, 0)
  list.append(option('all', 'all', WORDS`offline.all_of_it all=${size(whole)}`),
    ...rest.map(([name, words, , one]) => option('group', name, `${words}: ${size(one)}`)))
  list.addEventListener('change', ({ target }) => {
    if (target.value === 'all') for (const one of boxes()) one.checked = target.checked
    add()
  })
  const fold = make('details', {}, make('summary', {}, WORDS`offline.more`), list)
  place.replaceChildren(said, bar, first, fold, sum, buttons)
}

async function start() {
  place.classList.add('keeping')
  if (location.protocol === 'file:') return place.replaceChildren(make('p', {}, WORDS`offline.opened_from_a_file`))
  if (!navigator.serviceWorker || !window.caches) {
    return cannot()
  }
  try {
    const answer = await fetch(`${HOME}offline.json`, { referrerPolicy: 'no-referrer' })
    groups = await answer.json()
  } catch {
    return place.replaceChildren(make('p', {}, WORDS`offline.list_did_not_arrive`))
  }
  dress()
  await show()
  tabs.addEventListener('message', look)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
  if (isHere) offerApp(HOME)
  if (location.hash === '#not-kept') {
    tell(WORDS`offline.offline_and_not_kept`)
    place.querySelector('details').open = true
  }
}

function cannot() {
  place.replaceChildren(make('p', {}, WORDS`offline.cannot_keep`))
}

if (place) start().catch(cannot) // refused: the browser is set to store nothing
