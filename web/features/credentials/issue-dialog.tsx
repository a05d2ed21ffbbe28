'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { api } from '@/lib/api'
import { shortHex } from '@/lib/format'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { useToast } from '@/ui/toast'
import { credentialsCopy as copy } from './copy'
import { MINE_KEY } from './credentials-card'
import { ShowFailure } from './show-failure'

/** What goes into a new proof, and who sees it. */
export function IssueDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { session } = useSession()
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [shown, setShown] = useState(true)
  const wallets = chosen ?? (session ? [session.address] : [])
  const issue = useIssue(onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    issue.mutate({ wallets: [...wallets], shown })
  }
  const toggle = (wallet: string, on: boolean) => setChosen(on ? [...wallets, wallet] : wallets.filter((one) => one !== wallet))
  const several = (session?.wallets.length ?? 0) > 1
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={copy.issueTitle} description={copy.issueText}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        {several && (
          <fieldset>
            <legend className="font-medium text-sm">{copy.wallets}</legend>
            {session?.wallets.map((wallet) => (
              <Check key={wallet} checked={wallets.includes(wallet)} onChange={(on) => toggle(wallet, on)}>
                <span className="font-mono">{shortHex(wallet)}</span>
              </Check>
            ))}
            <p className="text-muted text-sm">{copy.walletsHint}</p>
          </fieldset>
        )}
        <Check checked={shown} onChange={setShown}>
          {copy.shown}
        </Check>
        {issue.isError && <ShowFailure error={issue.error} />}
        <Button type="submit" loading={issue.isPending} disabled={wallets.length === 0}>
          {copy.make}
        </Button>
      </form>
    </Dialog>
  )
}

function useIssue(onDone: () => void) {
  const toast = useToast()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: api.credentials.issue,
    onSuccess: async () => {
      onDone()
      toast(copy.made, 'success')
      await queries.invalidateQueries({ queryKey: MINE_KEY })
    },
  })
}

function Check({ checked, onChange, children }: { checked: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return (
    <label className="flex min-h-11 items-center gap-3 text-sm">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 accent-primary"
      />
      {children}
    </label>
  )
}
