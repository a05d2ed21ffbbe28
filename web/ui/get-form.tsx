'use client'

import { useRouter } from 'next/navigation'
import type { ComponentProps, SubmitEvent } from 'react'
import { go } from './go'

/** A form whose fields end in the address bar, without loading the page whole where there is JavaScript. Empty fields are left out. */
export default function GetForm({ action, onSubmit, ...rest }: Omit<ComponentProps<'form'>, 'action'> & { action: string }) {
  const router = useRouter()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    onSubmit?.(event)
    if (event.defaultPrevented) return
    event.preventDefault()
    const fields = [...new FormData(event.currentTarget, event.submitter)].flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    )
    const href = fields.length === 0 ? action : `${action}?${new URLSearchParams(fields)}`
    go(href, () => router.push(href))
  }
  return <form {...rest} action={action} method="get" onSubmit={submit} />
}
