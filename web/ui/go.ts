import { startTransition } from 'react'

type Start = (move: () => void) => void

const watchers = new Map<string, Start>()

/** Goes to another page of ours by `move`. Whoever watches its path shows meanwhile that it is on its way. */
export function go(href: string, move: () => void): void {
  const [path = ''] = href.split(/[?#]/, 1)
  const start = watchers.get(path) ?? startTransition
  start(move)
}

/** From now on moves to `path` are begun by `start`, which is of a `useTransition`. Returns what ends that. */
export function watchPath(path: string, start: Start): () => void {
  watchers.set(path, start)
  return () => {
    if (watchers.get(path) === start) watchers.delete(path)
  }
}
