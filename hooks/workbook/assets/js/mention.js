// News for a screen reader, told when the person pauses: what came up on the sheet, what the answers add up to.
import { say } from './live.js'

const PAUSE = 1500
const news = new Map()
let pause

/** Of several texts about one thing, the last. */
export function mention(about, text) {
  if (!news.delete(about) && !text) return
  if (text) news.set(about, text)
  clearTimeout(pause)
  pause = setTimeout(() => {
    if (news.size) say([...news.values()].join(' '))
    news.clear()
  }, PAUSE)
}
