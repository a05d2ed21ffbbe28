'use client'

import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'

/** A menu that opens from `trigger`, which must be a button. */
export function Menu({ trigger, label, children }: { trigger: ReactNode; label?: string; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={8}
          aria-label={label}
          className="z-50 max-h-[80dvh] min-w-60 overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** One thing to choose in a menu. */
export function MenuItem({
  onSelect,
  icon,
  children,
  asChild = false,
}: {
  onSelect?: () => void
  icon?: ReactNode
  children: ReactNode
  asChild?: boolean
}) {
  const item =
    'flex min-h-11 w-full cursor-pointer items-center gap-2.5 rounded-xl px-3 text-left text-sm outline-none data-[highlighted]:bg-sunken'
  return (
    <DropdownMenu.Item asChild={asChild} onSelect={onSelect} className={cx(item)}>
      {asChild ? (
        children
      ) : (
        <>
          {icon}
          {children}
        </>
      )}
    </DropdownMenu.Item>
  )
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-3 pt-2 pb-1 text-muted text-xs">{children}</DropdownMenu.Label>
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
}
