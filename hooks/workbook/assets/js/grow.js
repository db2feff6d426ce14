// Lets boxes grow and shrink with what is written, and prints it whole, in browsers that lack field-sizing.
// Without it such a browser scrolls inside the box.
import { make } from './live.js'

export function start({ form }) {
  const fit = (box) => {
    box.style.height = 'auto'
    if (box.scrollHeight) box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
  }
  const all = () => form.querySelectorAll('textarea')
  const fitAll = () => { for (const box of all()) fit(box) }
  form.classList.add('grows')
  form.addEventListener('input', ({ target }) => (target.matches('textarea') ? fit(target) : fitAll()))
  addEventListener('resize', fitAll)
  document.fonts?.ready.then(fitAll)
  // A box has the height that fits the screen's width; paper has another. So paper gets the words themselves.
  addEventListener('beforeprint', () => { for (const box of all()) if (box.value) box.after(make('p', { class: 'printed' }, box.value)) })
  addEventListener('afterprint', () => { for (const one of form.querySelectorAll('.printed')) one.remove() })
  fitAll()
}
