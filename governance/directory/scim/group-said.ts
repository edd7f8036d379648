// What is kept of a group, and what the steps of a PATCH make of it. Pure.
import { z } from 'zod'
import type { Step } from './operations'
import type { Filter } from './path'
import { ScimError } from './scim-error'
import { attributeOf, isNotKept, soleValue, UNPRINTABLE, wrongValue } from './user-said'

const TEXT_MAX = 254
export const MEMBERS_MAX = 50_000

const Text = z
  .string('must be text')
  .max(TEXT_MAX, `must be at most ${TEXT_MAX} letters`)
  .refine((text) => !UNPRINTABLE.test(text), 'must not hold control characters')
const GroupName = Text.trim().min(1, 'must not be empty')

/** Of members: everybody else leaves, these come, these leave. In order. */
export type MemberStep = { op: 'only' | 'add' | 'remove'; ids: string[] }
export type GroupChange = { name?: string; externalId?: string | null; members: MemberStep[] }

function idsOf(value: unknown): string[] {
  const list = Array.isArray(value)
    ? (value as unknown[])
    : value === undefined || value === null
      ? []
      : [value]
  if (list.length > MEMBERS_MAX)
    throw new ScimError('tooMany', `More than ${MEMBERS_MAX.toLocaleString('en')} members at once.`)
  return list.map((one) => {
    const id = typeof one === 'string' ? one : attributeOf(one, 'value')
    if (typeof id === 'string' && id) return id
    throw new ScimError('invalidValue', 'A member is told by its value, the id of a user.')
  })
}

/** `value eq "a" or value eq "b"` */
function idsIn(filter: Filter): string[] {
  if (filter.kind === 'or') return filter.parts.flatMap(idsIn)
  if (filter.kind === 'compare' && filter.operator === 'eq' && filter.path.attribute === 'value')
    return typeof filter.value === 'string' ? [filter.value] : []
  throw new ScimError('invalidPath', 'Of members only value eq "…" is understood.')
}

/** @throws ScimError `invalidSyntax`, `invalidValue` */
export function readGroup(raw: unknown): GroupChange & { name: string } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ScimError('invalidSyntax', 'The body is not a group.')
  const parsed = z
    .object({ displayName: GroupName, externalId: Text.optional() })
    .safeParse({ displayName: attributeOf(raw, 'displayName'), externalId: attributeOf(raw, 'externalId') })
  if (!parsed.success) throw wrongValue(parsed.error.issues)
  const { displayName, externalId } = parsed.data
  const members = attributeOf(raw, 'members')
  // Whoever says nothing of members says nothing of them.
  const steps: MemberStep[] = members === undefined ? [] : [{ op: 'only', ids: idsOf(members) }]
  return { name: displayName, externalId: externalId ?? null, members: steps }
}

function memberStep({ op, target: { of, sub }, value }: Step): MemberStep[] {
  if (of) {
    if (op !== 'remove' || (sub !== undefined && sub !== 'value'))
      throw new ScimError('mutability', 'A member cannot be changed: remove it, and add another.')
    return [{ op: 'remove', ids: idsIn(of) }]
  }
  if (op === 'add') return [{ op: 'add', ids: idsOf(value) }]
  // Some providers name in the value whom they remove; without one, everybody is.
  if (op === 'remove' && value !== undefined && value !== null) return [{ op: 'remove', ids: idsOf(value) }]
  return [{ op: 'only', ids: op === 'remove' ? [] : idsOf(value) }]
}

/** @throws ScimError where a step cannot be */
export function patchGroup(steps: readonly Step[]): GroupChange {
  const change: GroupChange = { members: [] }
  for (const step of steps) {
    const { op, target, value } = step
    if (target.isForeign) continue
    if (target.attribute === 'members') change.members.push(...memberStep(step))
    else if (target.attribute === 'displayname') {
      if (op === 'remove') throw new ScimError('mutability', 'displayName cannot be removed.')
      const parsed = GroupName.safeParse(soleValue(value))
      if (!parsed.success) throw wrongValue([{ path: ['displayName'], message: 'must be text' }])
      change.name = parsed.data
    } else if (target.attribute === 'externalid') {
      const parsed = Text.nullable().safeParse(op === 'remove' ? null : (soleValue(value) ?? null))
      if (!parsed.success) throw wrongValue([{ path: ['externalId'], message: 'must be text' }])
      change.externalId = parsed.data
    } else if (!isNotKept(target.attribute))
      throw new ScimError('invalidPath', `There is no attribute ${target.attribute}.`)
  }
  return change
}
