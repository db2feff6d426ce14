// A sheet in another site's page: without our name and foot, and as high as what is in it. Of all that happens here that
// site is told the height, and nothing else. Loaded where the address asks for it and the clinic has named that site.
import { make } from './live.js'

const NEW = 'noopener noreferrer'

/** `origins`: the sites that the clinic has named. Without one of them around it, a page stays as it is. */
export function start(origins) {
  const around = [...location.ancestorOrigins ?? []] // Firefox does not tell, and leaves it to the server's headers
  if (!around.every((one) => origins.includes(one))) return
  document.head.append(make('link', { rel: 'stylesheet', href: new URL('../embed.css', import.meta.url) }))
  document.documentElement.dataset.embed = ''
  for (const one of document.querySelectorAll('.brand, .top .tool, .up, .top .clinic, .foot, .skip')) one.hidden = true
  document.querySelector('[data-act=keep]').closest('li').hidden = true // it would be kept for this site alone, out of sight of "Erase everything"
  sayWhere(document.querySelector('.private span'))
  outward()
  document.addEventListener('click', ({ target }) => {
    const { top } = (target.closest?.('button, label') ?? document.body).getBoundingClientRect()
    document.documentElement.style.setProperty('--at', `${Math.round(top + scrollY)}px`)
  }, true)
  tellHeight(around.length ? [around[0]] : origins)
}

function sayWhere(words) {
  const alone = make('a', { href: location.pathname, target: '_blank', rel: NEW }, WORDS`embed.open_alone`)
  words.replaceChildren(make('strong', {}, WORDS`shared.only_you_can_see`),
    WORDS`embed.what_happens`, alone, WORDS`embed.to_keep_them`)
}

/** What leads away opens beside the other site's page, which stays. */
function outward() {
  for (const link of document.querySelectorAll('a[href]:not([href^="#"], [href^="tel:"], [href^="sms:"], .exit)')) {
    link.target = '_blank'
    link.rel = NEW
  }
}

function tellHeight(origins) {
  const root = document.documentElement
  let told
  new ResizeObserver(() => {
    const height = Math.ceil(root.getBoundingClientRect().height) + 1 // the last words, for screen readers alone, hang over by one
    if (height !== told) for (const origin of origins) parent.postMessage({ height }, origin)
    told = height
  }).observe(root)
}
