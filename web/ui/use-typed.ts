import { type ChangeEvent, type Ref, useCallback, useEffect, useRef } from 'react'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/**
 * Tells a controlled field what was written into it before its page came alive: nobody heard of it, and the next change of anything
 * else would empty the field. Gives the ref that the field needs for it; `ref` is that of who else wants it.
 */
export function useTyped<T extends Control>({
  value,
  onChange,
  ref,
}: {
  value?: unknown
  onChange?: ((event: ChangeEvent<T>) => void) | undefined
  ref?: Ref<T> | undefined
}): (node: T | null) => void {
  const field = useRef<T>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written before is told of once
  useEffect(() => {
    const node = field.current
    if (node === null || value === undefined || node.value === String(value)) return
    onChange?.({ target: node, currentTarget: node } as ChangeEvent<T>)
  }, [])
  return useCallback(
    (node: T | null) => {
      field.current = node
      if (typeof ref === 'function') ref(node)
      else if (ref) ref.current = node
    },
    [ref],
  )
}
