// Handing a packet over: its link, a message, a QR code, slips and a hand-out to print. All of it is made in the page.
import { make } from './live.js'
import { SESSION, curated, said, sums, write } from './packetlink.js'
import { paper } from './packetprint.js'
import { draw } from './svg.js'

const SLIPS = 6
const ROOM = 240 // mm of a page that slips may fill: the height of Letter without its margins, and a little less
const MM = 96 / 25.4 // pixels
const TYPED = 90 // letters that someone types who has no camera
const QUIET = 4 // squares of white around a code

export function share(place, parts, catalogue, root) {
  if (!parts.length) return place.replaceChildren(make('p', {}, WORDS`packetshare.choose_first`))
  const link = home(root) + write(parts)
  const shown = make('div', { class: 'code' })
  const address = make('input', { id: 'link_', readonly: '', value: link })
  const message = make('textarea', { id: 'message_', rows: '9' })
  message.value = words(parts, catalogue, link, root)
  /** What a button did is told right below it, to eyes too. */
  const row = (buttons, ...more) => {
    const status = make('p', { role: 'status', class: 'said-here' })
    const made = buttons.map(([name, act]) => {
      const button = make('button', { type: 'button', class: 'btn second' }, name)
      button.addEventListener('click', () => act(status).catch(() => { status.textContent = WORDS`packetshare.part_did_not_arrive` }))
      return button
    })
    return [make('p', { class: 'buttons' }, ...made, ...more), status]
  }
  place.replaceChildren(
    make('p', {}, make('label', { for: 'link_' }, WORDS`packetshare.the_link`), address),
    ...row([
      [WORDS`packetshare.copy_the_link`, (status) => copy(address, status, WORDS`packetshare.the_link_is_copied`)],
      [WORDS`packetshare.show_a_qr_code`, async () => { shown.replaceChildren(await code(link)) }],
    ], make('a', { class: 'btn second', href: write(parts) }, WORDS`packetshare.see_as_patient`)),
    shown,
    make('p', {}, make('label', { for: 'message_' }, WORDS`packetshare.message`), message),
    make('p', { class: 'soft' }, WORDS`packetshare.others_read_mail`),
    ...row([[WORDS`packetshare.copy_the_message`, (status) => copy(message, status, WORDS`packetshare.the_message_is_copied`)]]),
    ...row([
      [WORDS`packetshare.print_tear_off_slips`, () => printed(root, () => slips(parts, catalogue, link, root))],
      [WORDS`packetshare.print_a_hand_out`, () => printed(root, () => handOut(parts, catalogue, link, root))],
    ]),
    paper(parts, catalogue))
}

/** Where this page lies; from a disk, where it is published. */
const home = (root) => (location.protocol.startsWith('http') ? location.origin + location.pathname : root.dataset.home)
/** The address of a page to read, as one writes it by hand. */
const address = (id, root) => {
  const { host, pathname } = new URL(`../${id}/`, home(root))
  return (host + pathname).replace(/\/$/, '')
}
/** The clinic's logo and words, if a clinic runs this copy: for what goes out of hand. */
const clinic = () => document.querySelector('.top .clinic')
const whose = () => document.querySelector('.foot .whose')?.textContent
const head = () => {
  const logo = clinic()?.querySelector('img')?.cloneNode()
  return whose() ? [make('p', { class: 'from' }, ...(logo ? [logo] : []), make('span', {}, whose()))] : []
}
const welcome = () => clinic()?.querySelector('span')?.textContent
const crisis = (root) => root.querySelector('.paperfoot p').textContent
const titles = (parts, catalogue) => parts.map(({ kind, id }) => catalogue[kind][id].title)
/** An address that breaks between its parts alone: a hyphen at the end of a line might be one or not. */
const whole = (address) => make('span', { class: 'address' }, ...address.match(/[^,/&]*[,/&]|[^,/&]+$/g).map((part) => make('span', {}, part)))

/** What someone types who has no camera: the page of a packet of ours; a short link; else where to look for what. */
function typed(parts, catalogue, link, root) {
  const [, home, fragment] = /^https?:\/\/(.*?)(?:index\.html)?(#.*)$/.exec(link)
  const known = curated(parts, catalogue)
  const address = home + (known ? `${known}/` : fragment)
  if (address.length <= TYPED) return [WORDS`packetshare.no_camera_type`, whole(address)] // no full stop: it would be typed too
  return [WORDS`packetshare.no_camera_go`, whole(home.replace(/packets\/$/, '')), WORDS`packetshare.and_look_for titles=${titles(parts, catalogue).join('; ')}`]
}

const PRIVATE = WORDS`packetshare.free_and_private`

function words(parts, catalogue, link, root) {
  const { minutes } = sums(parts, catalogue)
  return [...(welcome() ? [welcome(), ''] : []), WORDS`packetshare.here_for_you parts=${parts.length} minutes=${minutes}`,
    ...parts.map(({ kind, id }) => catalogue[kind][id]).flatMap(({ title, session }) => [`- ${title}`, ...(session ? [`  ${SESSION.join('')}`] : [])]), '', WORDS`packetshare.open_them_here link=${link}`, '', PRIVATE, '', ...(whose() ? [whose(), ''] : []), crisis(root)].join('\n').replaceAll('\u00a0', ' ')
}

async function copy(field, status, done) {
  try {
    await navigator.clipboard.writeText(field.value)
    status.textContent = done
  } catch {
    field.select()
    status.textContent = WORDS`packetshare.marked`
  }
}

// ---- codes and paper

/** A QR code as an SVG in black on white, whatever the colours of the page. */
async function code(link) {
  const { encode } = await import('./vendor/uqr.js')
  const { data, size } = encode(link, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return draw('svg', { viewBox: `0 0 ${size} ${size}`, class: 'qr', role: 'img', 'aria-label': WORDS`packetshare.qr_code` },
    draw('rect', { width: size, height: size, fill: '#fff' }), draw('path', { d: path, fill: '#000' }))
}

async function printed(root, draws) {
  const sheet = make('div', { class: 'printed' }, ...await draws())
  root.after(sheet)
  document.documentElement.classList.add('prints')
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('prints')
    sheet.remove()
  }, { once: true })
  print()
}

async function slips(parts, catalogue, link, root) {
  const drawn = await code(link)
  const slip = make('div', { class: 'slip' }, drawn,
    make('div', {}, ...head(), make('p', {}, make('strong', {}, WORDS`packetshare.worksheets_for_you`), WORDS`packetshare.point_camera_private`),
      make('p', {}, ...typed(parts, catalogue, link, root)), make('p', {}, crisis(root))))
  return Array.from({ length: fitting(slip) }, () => slip.cloneNode(true))
}

/** How many slips fill one page, so that none is alone on a second: one is drawn out of sight, and measured. */
function fitting(slip) {
  const trial = make('div', { class: 'printed trial', 'aria-hidden': 'true' }, slip)
  document.body.append(trial)
  const { height } = slip.getBoundingClientRect()
  trial.remove()
  return Math.max(1, Math.min(SLIPS, Math.floor((ROOM * MM) / height)))
}

async function handOut(parts, catalogue, link, root) {
  return [...head(), make('h1', {}, WORDS`packetshare.for_you`), ...(welcome() ? [make('p', {}, welcome())] : []), make('p', {}, said(sums(parts, catalogue))),
    make('div', { class: 'hand' }, await code(link), make('p', {}, WORDS`packetshare.point_the_camera_of_a_phone`, make('br'), ...typed(parts, catalogue, link, root))),
    make('ul', { class: 'to-tick' }, ...parts.map(({ kind, id }) => {
      const { title, about, minutes, session } = catalogue[kind][id]
      const more = kind === 'p' ? WORDS`packetshare.read_it_at address=${address(id, root)}` : about
      return make('li', {}, make('strong', {}, title), WORDS`packetshare.so_many_minutes minutes=${minutes}`, ...(more ? [make('br'), more] : []),
        ...(session ? [make('br'), make('strong', {}, SESSION[0]), SESSION[1]] : []))
    })),
    make('p', {}, PRIVATE), make('p', {}, make('strong', {}, crisis(root)))]
}
