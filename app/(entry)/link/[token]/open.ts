'use server'
// Opens a link, or asks for another one. Only these are sent by a button: looking at a link does nothing. Why one does not open
// is told to nobody.
import { redirect } from 'next/navigation'
import { RollcallError } from '@/core/errors'
import { openLink } from '@/governance/campaigns/links/open-link'
import { askForLink } from '@/governance/campaigns/links/send-link'
import { attempt } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { keepLinkSession, linkAsked } from '@/app/_session/link-session'

export async function open(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { token, address } = await linkAsked()
    const opened = await openLink(token, { address })
    if (!opened)
      throw new RollcallError(
        'invalid',
        'This link opens nothing. It may have been used, replaced or withdrawn, or its time is over.',
      )
    await keepLinkSession(opened)
    redirect('/link')
  })
}

export async function again(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { token, address } = await linkAsked()
    await askForLink(token, { address })
    return { done: 'If you are still asked about something, a new link is on its way to your mailbox.' }
  })
}
