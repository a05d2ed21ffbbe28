// Runs in the browser, before anything of the page does: notes what a change sets off, in milliseconds since 1970.
const TIMELINE = 'ol[aria-label="What happened"] > li'
const now = () => performance.timeOrigin + performance.now()
const waiting = []

const look = () => {
  const at = now()
  const entries = document.querySelectorAll(TIMELINE).length
  for (const { count, resolve } of waiting) if (entries >= count) resolve(at)
}

window.bench = {
  now,
  /** When each notice of a change came by WebSocket. */
  notices: [],
  /** Whether the page has said that it wants to hear of its deal. */
  subscribed: false,
  entries: () => document.querySelectorAll(TIMELINE).length,
  /** Settles when the timeline has so many entries, with the moment of the change of the DOM that brought the last one. */
  untilEntries: (count) =>
    new Promise((resolve) => {
      waiting.push({ count, resolve })
      look()
    }),
  /** What came and what was asked since `from`. */
  since: (path, from) => {
    const entries = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(path))
    const requests = entries.map(({ startTime, duration }) => {
      const start = performance.timeOrigin + startTime
      return { start, end: start + duration }
    })
    const isSince = (at) => at >= from
    return { notices: window.bench.notices.filter(isSince), requests: requests.filter(({ start }) => isSince(start)) }
  },
}

new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })

window.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options)
    this.addEventListener('message', ({ data }) => {
      if (JSON.parse(String(data)).type === 'deal') window.bench.notices.push(now())
    })
  }

  send(data) {
    super.send(data)
    if (String(data).includes('deal:')) window.bench.subscribed = true
  }
}
