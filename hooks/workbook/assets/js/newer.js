// On each page of a handbook that is kept on this device: the way to the home screen, and the question whether to show a newer
// version. The worker has taken that in already. Loaded only where there is such a worker.
import { workers } from './home.js'
import { make } from './live.js'

const kept = navigator.serviceWorker

/** What a phone needs to put the handbook on its home screen. Nobody who has not asked to keep it fetches this. */
export function offerApp(home) {
  if (!document.querySelector('link[rel=manifest]')) document.head.append(make('link', { rel: 'manifest', href: `${home}manifest.webmanifest` }))
}

function ask(worker) {
  if (document.querySelector('.newer')) return
  const isSheet = document.querySelector('form[data-worksheet]')
  const words = isSheet ? WORDS`newer.is_here_keep_first` : WORDS`newer.is_here`
  const box = make('section', { class: 'newer', 'aria-label': WORDS`newer.a_newer_version` }, make('p', { role: 'status' }))
  const button = (name, look, press) => {
    const made = make('button', { type: 'button', class: look }, name)
    made.addEventListener('click', press)
    return made
  }
  box.append(make('p', { class: 'buttons' },
    button(WORDS`newer.load_it_now`, 'btn', () => {
      kept.addEventListener('controllerchange', () => location.reload(), { once: true })
      worker.postMessage('go')
    }),
    button(WORDS`newer.later`, 'btn second', () => box.remove())))
  document.querySelector('main').before(box)
  box.firstChild.textContent = words // after it is there, so that it is read out
}

function whenInstalled(worker) {
  if (worker?.state === 'installed') return ask(worker)
  worker?.addEventListener('statechange', () => { if (worker.state === 'installed') ask(worker) })
}

export async function watch() {
  const [registration] = await workers()
  if (!registration) return
  offerApp(registration.scope)
  whenInstalled(registration.waiting ?? registration.installing)
  registration.addEventListener('updatefound', () => whenInstalled(registration.installing))
}
