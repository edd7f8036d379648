// What a form shows after it was sent: by the field where it can be, never a lost word.
import type { Issue } from '@/core/errors'

export type FormState = {
  /** What was done, as a sentence. */
  done?: string
  /** What went wrong, as a sentence. */
  message?: string
  issues?: Issue[]
  /** What was typed, except secrets, for browsers that reload the page. */
  values?: Record<string, string>
  /** An answer the form itself shows, such as a token or a checklist. */
  result?: unknown
}
/** A server action as a form uses it. */
export type FormAction = (before: FormState, form: FormData) => Promise<FormState>
