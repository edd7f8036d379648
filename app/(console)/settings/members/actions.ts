'use server'
// What an administrator does with members. The commands behind decide who may.
import { RollcallError } from '@/core/errors'
import { ROLES, type Role } from '@/core/permissions'
import { createMember } from '@/governance/members/create-member'
import { limitMember } from '@/governance/members/limit-member'
import { listMembers } from '@/governance/members/list-members'
import { deactivateMember } from '@/governance/members/deactivate-member'
import { reactivateMember } from '@/governance/members/reactivate-member'
import { setMemberPassword } from '@/governance/members/set-member-password'
import { setMemberRole } from '@/governance/members/set-member-role'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { currentActor } from '@/app/_session/actor'
import { dayWords } from '@/app/_ui/moment-words'
import { limitsOf } from './limits'

function roleOf(form: FormData): Role {
  const role = ROLES.find((one) => one === textOf(form, 'role'))
  if (!role) throw new RollcallError('invalid', 'Choose a role.', [{ path: 'role', message: 'Choose one' }])
  return role
}

export async function addMember(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const name = textOf(form, 'name')
    const password = String(form.get('password') ?? '')
    const role = roleOf(form)
    await createMember(await currentActor(), {
      name,
      email: textOf(form, 'email'),
      role,
      password,
      ...limitsOf(form, role),
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

export async function setLimits(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const userId = textOf(form, 'userId')
    const member = (await listMembers(actor)).find(({ id }) => id === userId)
    if (!member) throw new RollcallError('not-found', 'There is no such member.')
    const { until, scopes } = await limitMember(actor, { userId, ...limitsOf(form, member.role) })
    const end = until ? `until the end of ${dayWords(new Date(Date.parse(until) - 1))} (UTC)` : 'without end'
    const what = scopes ? `, within ${scopes.length} ${scopes.length === 1 ? 'scope' : 'scopes'}` : ''
    return { done: `${member.name} has access ${end}${what}.` }
  })
}
