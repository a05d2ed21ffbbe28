import type { Draft } from './draft'
import type { ChangeDraft } from './use-draft'
import type { DraftErrors } from './validate'

/** What every part of the form gets. */
export interface FieldsProps {
  draft: Draft
  errors: DraftErrors
  change: ChangeDraft
}

/** The id of a field's control, so that the list of what is missing can lead to it. */
export const fieldId = (field: string): string => `sell-${field.replaceAll('.', '-')}`
