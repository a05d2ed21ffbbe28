'use client'

import { useRouter } from 'next/navigation'
import { type ComponentProps, type SubmitEvent, startTransition } from 'react'

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
    startTransition(() => router.push(fields.length === 0 ? action : `${action}?${new URLSearchParams(fields)}`))
  }
  return <form {...rest} action={action} method="get" onSubmit={submit} />
}
