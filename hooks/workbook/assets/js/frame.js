// What script adds to a reading page: Display, Print, the menu that closes, sources in the margin. Without it the page is whole.

const KEPT = 'points-and-steps/' // how the database of store.js begins, which is loaded only when there is one
const MARGIN = matchMedia('(min-width: 80em)')

async function margin() {
  if (!MARGIN.matches || !document.querySelector('.aside a.cite')) return
  const { show } = await import('./notes.js')
  show()
}

/** On paper a link within the site says its address from the site's root; said once, it is enough. */
function addresses() {
  const told = new Set()
  for (const link of document.querySelectorAll('.text a[href]:not([href^="#"], [href^="http"], [href^="tel"], [href^="sms"], [href^="mailto"])')) {
    const path = new URL(link.href).pathname
    if (!told.has(path)) link.dataset.to = path
    told.add(path)
  }
}

/** What is folded is open on paper, and for whoever is led into it. Without this a browser does so that is new enough. */
function unfold(all) {
  const folded = [...all].filter((one) => !one.open)
  for (const one of folded) one.open = true
  return () => { for (const one of folded) one.open = false }
}

function led() {
  const there = document.getElementById(location.hash.slice(1))
  const around = [...document.querySelectorAll('.text details')].filter((one) => one.contains(there))
  if (!around.some((one) => !one.open)) return
  unfold(around)
  there.scrollIntoView()
}

function menu(details) {
  const close = () => { details.open = false }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return
    close()
    details.firstElementChild.focus()
  })
  document.addEventListener('click', (event) => { if (!details.contains(event.target)) close() })
  details.addEventListener('focusout', (event) => { if (event.relatedTarget && !details.contains(event.relatedTarget)) close() })
}

/** What was kept until a day goes at the first visit after it, whatever page that is. */
async function sweep() {
  if ((await indexedDB.databases()).some((one) => one.name.startsWith(KEPT))) await (await import('./store.js')).sweep()
}

/** A newer version of the site has other parts. Nothing is written on a reading page, so none of it is lost. */
const anew = () => { if (navigator.onLine) location.reload() }

menu(document.querySelector('.menu'))
for (const button of document.querySelectorAll('[data-display]')) {
  button.addEventListener('click', () => import('./display.js').then(({ open }) => open(), anew))
}
document.querySelector('[data-print]')?.addEventListener('click', () => print())
addEventListener('beforeprint', () => {
  addresses()
  addEventListener('afterprint', unfold(document.querySelectorAll('.text details')), { once: true })
})
addEventListener('hashchange', led)
led()
MARGIN.addEventListener('change', margin)
margin()
sweep().catch(() => {}) // nothing can be kept here
if (document.querySelector('[data-erase]')) import('./erase.js')
if (document.querySelector('[data-offline]')) import('./offline.js')
if (navigator.serviceWorker?.controller) import('./newer.js').then(({ watch }) => watch())
