'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface Tab {
  value: string
  label: ReactNode
  content: ReactNode
}

/** Panels of which one shows. */
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
  const state = value === undefined ? { defaultValue: tabs[0]?.value } : { value }
  return (
    <Radix.Root {...state} onValueChange={onValueChange}>
      <Radix.List aria-label={label} className="mb-5 flex gap-1 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px min-h-11 whitespace-nowrap border-transparent border-b-2 px-4 font-medium text-muted text-sm hover:text-ink data-[state=active]:border-primary data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
