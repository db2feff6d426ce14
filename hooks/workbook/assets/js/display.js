// Text size, light and dark, contrast. A choice holds on the open page; it is kept on the device only when that is asked for.
// early.js reads what was kept before a page is drawn; tokens.css says what each choice does.
import { show } from './dialog.js'

const NAME = 'display'
const root = document.documentElement
const CHOICES = [
  ['size', 'Text size', [['', 'As it is'], ['large', 'Large'], ['largest', 'Largest']]],
  ['theme', 'Light or dark', [['', 'As on my device'], ['light', 'Light'], ['dark', 'Dark']]],
  ['contrast', 'Contrast', [['', 'As on my device'], ['more', 'More']]],
]

function kept() {
  try { return localStorage.getItem(NAME) !== null } catch { return false }
}

/** Put the choices on the device, or take them off it. False: this browser keeps nothing. */
function keep(yes) {
  try {
    const chosen = Object.fromEntries(CHOICES.map(([name]) => [name, root.dataset[name]]).filter(([, value]) => value))
    if (yes) localStorage.setItem(NAME, JSON.stringify(chosen))
    else localStorage.removeItem(NAME)
    return true
  } catch {
    return !yes
  }
}

function group([name, legend, options]) {
  const one = ([value, words]) => `<label><input type="radio" name="${name}" value="${value}"${(root.dataset[name] ?? '') === value ? ' checked' : ''}>${words}</label>`
  return `<fieldset><legend>${legend}</legend>${options.map(one).join('')}</fieldset>`
}

export function open() {
  if (document.querySelector('dialog.display')) return
  const dialog = document.createElement('dialog')
  dialog.className = 'ask display'
  dialog.setAttribute('aria-labelledby', 'display_')
  dialog.innerHTML = `<form method="dialog" autocomplete="off"><h2 id="display_">Display</h2>${CHOICES.map(group).join('')}
<div><label class="keep"><input type="checkbox" name="keep"${kept() ? ' checked' : ''}>Keep these choices on this device</label>
<p class="soft" role="status"></p></div><p class="buttons"><button class="btn">Done</button></p></form>`
  const choices = dialog.firstChild
  const said = choices.querySelector('[role=status]')
  const says = (yes) => yes ? 'Kept for every page, until you untick this. Whoever uses this browser sees the pages this way.'
    : 'Not kept. They hold on this page, until you leave it.'
  said.textContent = says(kept())
  choices.addEventListener('change', () => {
    for (const [name] of CHOICES) {
      const { value } = choices.elements[name]
      if (value) root.dataset[name] = value
      else delete root.dataset[name]
    }
    const box = choices.elements.keep
    if (keep(box.checked)) return void (said.textContent = says(box.checked))
    box.checked = false
    said.textContent = 'This browser will not keep anything. Your choices hold on this page.'
  })
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  show(dialog)
}
