'use server'
// Making and revoking API tokens. The commands behind decide who may.
import { createToken, TOKEN_LIMITS } from '@/governance/tokens/create-token'
import { revokeToken } from '@/governance/tokens/revoke-token'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

export async function makeToken(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const expiresInDays = Number(textOf(form, 'expiresInDays'))
    const asked = textOf(form, 'only')
    const only = TOKEN_LIMITS.find((one) => one === asked)
    const input = { name: textOf(form, 'name'), expiresInDays, ...(only && { only }) }
    const { token } = await createToken(await currentActor(), input)
    return { done: 'The token was made.', result: token }
  })
}

export async function takeBack(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await revokeToken(await currentActor(), { tokenId: textOf(form, 'tokenId') })
    return { done: 'Revoked. It no longer works.' }
  })
}
