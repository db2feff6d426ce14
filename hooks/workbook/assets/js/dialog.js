// A dialog over the page. Where the browser has none, a box in front of it that asks the same and gives the same.

/** Show `dialog`; when it closes, its `returnValue` is that of the button, or '' when it was left. */
export function show(dialog) {
  if (dialog.showModal) {
    dialog.showModal()
    dialog.scrollTop = 0 // its words come before its first control, which has the focus
    return
  }
  const before = document.activeElement
  const close = (value) => {
    dialog.returnValue = value
    dialog.removeAttribute('open')
    dialog.dispatchEvent(new Event('close'))
    before?.focus()
  }
  dialog.setAttribute('open', '')
  dialog.setAttribute('role', 'dialog')
  dialog.addEventListener('submit', (event) => {
    event.preventDefault()
    close(event.submitter?.value ?? '')
  })
  dialog.addEventListener('keydown', ({ key }) => { if (key === 'Escape') close('') })
  const shown = [...dialog.querySelectorAll('input, textarea, summary, button')].find((one) => one.getClientRects().length)
  const first = dialog.querySelector('[autofocus]') ?? shown
  first.focus()
}
