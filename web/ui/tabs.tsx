'use client'

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'

export interface Tab {
  value: string
  label: ReactNode
  content: ReactNode
}

/** Panels of which one shows. Arrows, Home and End move between them. */
export function Tabs({
  tabs,
  label,
  value,
  onValueChange,
}: {
  tabs: readonly Tab[]
  label: string
  value?: string
  onValueChange?: (value: string) => void
}) {
  const id = useId()
  const [own, setOwn] = useState(tabs[0]?.value)
  const chosen = value ?? own
  const choose = (next: string) => {
    setOwn(next)
    onValueChange?.(next)
  }
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab.value === chosen)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key]
    const tab = next === undefined ? undefined : tabs[next % tabs.length]
    if (!tab) return
    event.preventDefault()
    choose(tab.value)
    document.getElementById(`${id}-${tab.value}`)?.focus()
  }
  return (
    <div>
      <div
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className="mb-5 flex gap-1 overflow-x-auto border-line border-b"
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === chosen}
            aria-controls={`${id}-${tab.value}-panel`}
            tabIndex={tab.value === chosen ? 0 : -1}
            onClick={() => choose(tab.value)}
            className="-mb-px min-h-11 whitespace-nowrap border-transparent border-b-2 px-4 font-medium text-muted text-sm hover:text-ink aria-selected:border-primary aria-selected:text-ink"
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.value}
          role="tabpanel"
          id={`${id}-${tab.value}-panel`}
          aria-labelledby={`${id}-${tab.value}`}
          hidden={tab.value !== chosen}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel can be reached, as the pattern of tabs has it
          tabIndex={0}
        >
          {tab.value === chosen && tab.content}
        </div>
      ))}
    </div>
  )
}
