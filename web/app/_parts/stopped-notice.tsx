import { Alert } from '@/ui/alert'

/** Above every page while what the chain says can no longer be trusted to be shown right. */
export function StoppedNotice() {
  return (
    <div className="mx-auto max-w-6xl px-4 pt-4 sm:px-6">
      <Alert tone="danger" title="What you see here may no longer be true">
        The chain changed in an unusual way, and this site follows it no further until somebody has looked. Your money is safe in
        the contract. Please do not pay, ship or release until this notice is gone.
      </Alert>
    </div>
  )
}
