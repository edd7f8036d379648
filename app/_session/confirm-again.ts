// Asks the signed-in person for the password in a form, right before the command that it is asked for.
import { headers } from 'next/headers'
import { confirmPassword } from '@/governance/auth/confirm-password'
import type { Command } from '@/governance/command'
import { currentActor } from './actor'

/**
 * Runs a command for whoever has just typed their password into the field `password` of the form.
 * @throws RollcallError as `confirmPassword` does, before anything is done; else as the command does
 */
export async function confirmedRun<I, R>(form: FormData, run: Command<I, R>, input: I): Promise<R> {
  const actor = await currentActor()
  const typed = form.get('password')
  await confirmPassword(actor, await headers(), {
    password: typeof typed === 'string' ? typed : '',
    what: run.meta.name,
  })
  return run(actor, input)
}
