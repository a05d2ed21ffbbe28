import type { OauthProblem } from '@fairhold/api/contract/oauth'
import { Unplug } from 'lucide-react'
import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { oauthCopy } from './copy'

const copy = oauthCopy.problems

/** Why an app could not send a person here. */
export function OauthProblemView({ why }: { why: OauthProblem }) {
  const { title, text } = copy.of[why]
  return (
    <>
      <h1 className="sr-only">{oauthCopy.consent.title}</h1>
      <EmptyState
        icon={<Unplug aria-hidden="true" className="size-6" />}
        title={title}
        action={
          <ButtonLink href="/" variant="secondary">
            {copy.again}
          </ButtonLink>
        }
      >
        {text}
      </EmptyState>
    </>
  )
}
