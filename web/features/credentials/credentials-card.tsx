'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type OwnCredential } from '@/lib/api'
import { dateOf } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { QR_MAX_BYTES, QrCode } from '@/ui/qr-code'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { credentialsCopy as copy } from './copy'
import { ImportedCard } from './imported-card'
import { IssueDialog } from './issue-dialog'
import { ShowFailure } from './show-failure'

export const MINE_KEY = ['credentials'] as const

/** Proofs of reputation that the person has, and those of others that they show. */
export function CredentialsCard() {
  const mine = useQuery({ queryKey: MINE_KEY, queryFn: api.credentials.mine })
  const [issuing, setIssuing] = useState(false)
  return (
    <>
      <Card>
        <CardHeader title={copy.title} hint={copy.hint} action={<Button onClick={() => setIssuing(true)}>{copy.issue}</Button>} />
        {mine.isPending && <Skeleton className="h-28" />}
        {mine.isError && !mine.data && <ShowFailure error={mine.error} again={() => mine.refetch()} />}
        {mine.data?.length === 0 && <p className="text-muted text-sm">{copy.none}</p>}
        <ul className="flex flex-col divide-y divide-line">
          {mine.data?.map((credential) => (
            <CredentialRow key={credential.id} credential={credential} />
          ))}
        </ul>
        <IssueDialog open={issuing} onClose={() => setIssuing(false)} />
      </Card>
      <ImportedCard />
    </>
  )
}

function CredentialRow({ credential }: { credential: OwnCredential }) {
  const [open, setOpen] = useState<'qr' | 'revoke' | null>(null)
  const { state, shown, token } = credential
  const name = copy.reviews(credential.count, credential.average)
  const made = dateOf(credential.issuedAt)
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0">
      <div>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          <Badge tone={state === 'valid' ? 'success' : 'neutral'}>{copy.state[state]}</Badge>
          {shown && state === 'valid' && <Badge tone="info">{copy.onProfile}</Badge>}
        </p>
        <p className="mt-1 text-muted text-sm">{copy.dates(made, dateOf(credential.expiresAt))}</p>
      </div>
      {state === 'valid' && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" variant="secondary" aria-label={copy.saveLabel(made)} onClick={() => saveFile(token)}>
            {copy.save}
          </Button>
          <Button size="sm" variant="secondary" onClick={() => setOpen('qr')}>
            {copy.qr}
          </Button>
          <Button size="sm" variant="ghost" aria-label={copy.revokeLabel(made)} onClick={() => setOpen('revoke')}>
            {copy.revoke}
          </Button>
        </div>
      )}
      <Dialog open={open === 'qr'} onOpenChange={(next) => !next && setOpen(null)} title={copy.qrTitle} description={copy.qrText}>
        {token.length <= QR_MAX_BYTES ? (
          <QrCode text={token} label={copy.qrLabel} className="h-auto w-full rounded-xl" />
        ) : (
          <p>{copy.qrTooLarge}</p>
        )}
      </Dialog>
      <RevokeDialog id={credential.id} open={open === 'revoke'} onClose={() => setOpen(null)} />
    </li>
  )
}

function RevokeDialog({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const toast = useToast()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.credentials.revoke(id),
    onSuccess: async () => {
      onClose()
      toast(copy.revoked, 'success')
      await queries.invalidateQueries({ queryKey: MINE_KEY })
    },
  })
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={copy.revokeTitle} description={copy.revokeText}>
      {revoke.isError && <ShowFailure error={revoke.error} />}
      <div className="mt-4 flex justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {copy.keep}
        </Button>
        <Button variant="danger" loading={revoke.isPending} onClick={() => revoke.mutate()}>
          {copy.revoke}
        </Button>
      </div>
    </Dialog>
  )
}

/** Hands the proof to the browser as a file to keep. */
function saveFile(token: string): void {
  const url = URL.createObjectURL(new Blob([`${token}\n`], { type: 'application/vc+jwt' }))
  const link = document.createElement('a')
  link.href = url
  link.download = copy.fileName
  link.click()
  URL.revokeObjectURL(url)
}
