// Runs a command for a form: expected failures become sentences by the fields, everything else goes to the error page.
import { refresh } from 'next/cache'
import { RollcallError } from '@/core/errors'
import { ensurePresent } from '@/governance/command'
import { pageAddress } from '@/app/_session/asked-moment'
import { momentParams } from '@/app/_ui/keep-moment'
import type { FormState } from './form-state'

/** Fields whose text must not be sent back to the browser. */
const SECRET = /password|secret|token|^settings\./i

/** What was typed, as a form gets it back: secrets are not sent to the browser again. */
export const typed = (form: FormData): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && !name.startsWith('$') && !SECRET.test(name) ? [[name, value]] : [],
    ),
  )

/** @param run does the work; what it returns is shown, and the page is read again */
export async function attempt(form: FormData, run: () => Promise<FormState | void>): Promise<FormState> {
  try {
    // A form is sent to the address of its page: one about the past changes nothing, however it was made.
    ensurePresent(momentParams((await pageAddress()).searchParams).asOf === undefined)
    const state = (await run()) ?? {}
    refresh()
    return state
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error
    const message =
      error.code === 'unauthenticated'
        ? 'Your session has ended. Sign in again in another tab, then send this form again: nothing you typed is lost.'
        : error.message
    return { message, issues: error.issues, values: typed(form) }
  }
}

/** The text of a field, without the spaces around it. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
