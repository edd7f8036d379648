'use server'
// What an administrator does with members. The commands behind decide who may.
import { RollcallError } from '@/core/errors'
import { ROLES, type Role } from '@/core/permissions'
import { createMember } from '@/governance/members/create-member'
import { deactivateMember } from '@/governance/members/deactivate-member'
import { reactivateMember } from '@/governance/members/reactivate-member'
import { setMemberPassword } from '@/governance/members/set-member-password'
import { setMemberRole } from '@/governance/members/set-member-role'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'

function roleOf(form: FormData): Role {
  const role = ROLES.find((one) => one === textOf(form, 'role'))
  if (!role) throw new RollcallError('invalid', 'Choose a role.', [{ path: 'role', message: 'Choose one' }])
  return role
}

export async function addMember(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const name = textOf(form, 'name')
    const password = String(form.get('password') ?? '')
    await createMember(await currentActor(), {
      name,
      email: textOf(form, 'email'),
      role: roleOf(form),
      password,
    })
    return { done: `${name} was added.` }
  })
}

export async function setRole(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const { role } = await setMemberRole(await currentActor(), {
      userId: textOf(form, 'userId'),
      role: roleOf(form),
    })
    return { done: `The role is now ${role}.` }
  })
}

export async function setPassword(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    await setMemberPassword(await currentActor(), {
      userId: textOf(form, 'userId'),
      password: String(form.get('password') ?? ''),
    })
    return { done: 'The password was set. Their sessions have ended.' }
  })
}

export async function setActive(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const active = textOf(form, 'active') === 'true'
    const command = active ? deactivateMember : reactivateMember
    await command(await currentActor(), { userId: textOf(form, 'userId') })
    return { done: active ? 'Deactivated. Their sessions have ended.' : 'Reactivated.' }
  })
}
