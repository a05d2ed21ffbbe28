/** Something that one part of a process waits at and another opens. It closes again when somebody went through. */
export interface Latch {
  open: () => void
  /** True once it is open; false if it did not open within `ms`, or the signal aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<boolean>
}

/** A latch for one who waits, open or closed at first. An opening that nobody waits for is kept for the next time. */
export function createLatch(isOpen: boolean): Latch {
  let opened = isOpen
  let pass: (() => void) | null = null
  return {
    open: () => {
      opened = true
      pass?.()
    },
    wait: async (ms, signal) => {
      let timer: NodeJS.Timeout | undefined
      if (!opened && !signal.aborted) {
        await new Promise<void>((resolve) => {
          pass = () => resolve()
          timer = setTimeout(pass, ms)
          signal.addEventListener('abort', pass, { once: true })
        }).finally(() => {
          clearTimeout(timer)
          if (pass) signal.removeEventListener('abort', pass)
          pass = null
        })
      }
      const through = opened && !signal.aborted
      opened = false
      return through
    },
  }
}
