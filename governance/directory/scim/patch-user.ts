// What the steps of a PATCH make of a person. Pure.
import type { Step } from './operations'
import type { Filter } from './path'
import { ScimError } from './scim-error'
import {
  emailsOf,
  isNotKept,
  nameOf,
  renamed,
  Said,
  soleValue,
  Truth,
  wrongValue,
  type Email,
} from './user-said'

const NAME_PARTS = { formatted: 'formatted', givenname: 'givenName', familyname: 'familyName' } as const
type Draft = Omit<Said, 'emails' | 'name'> & { emails: unknown[]; name?: Record<string, unknown> | undefined }

/** Of whom a filter over the parts of an address speaks: `type eq "work"`, and the like. */
function isMeant(filter: Filter, email: Partial<Email>): boolean {
  if (filter.kind === 'and') return filter.parts.every((one) => isMeant(one, email))
  if (filter.kind === 'or') return filter.parts.some((one) => isMeant(one, email))
  if (filter.kind !== 'compare' || filter.operator !== 'eq')
    throw new ScimError('invalidPath', 'Of addresses only eq, and, or are understood.')
  const held = email[filter.path.attribute as keyof Email]
  return typeof held === 'string' && typeof filter.value === 'string'
    ? held.toLowerCase() === filter.value.toLowerCase()
    : held === filter.value
}

/** What a new address has to be, so that the filter means it. */
function wanted(filter: Filter): Partial<Email> {
  if (filter.kind === 'and') return Object.assign({}, ...filter.parts.map(wanted)) as Partial<Email>
  return filter.kind === 'compare' && filter.operator === 'eq'
    ? { [filter.path.attribute]: filter.value }
    : {}
}

function emailsAfter(held: readonly unknown[], { op, target: { of, sub }, value }: Step): unknown[] {
  const emails = held as Email[]
  if (!of) {
    if (sub !== undefined) throw new ScimError('invalidPath', 'Say which address: emails[type eq "work"].')
    if (op === 'remove') return []
    const given = emailsOf(value) as Email[]
    if (op === 'replace') return given
    const same = (one: Email) => given.some((two) => two.value === one.value || (two.primary && one.primary))
    return [...emails.filter((one) => !same(one)), ...given]
  }
  const rest = emails.filter((one) => !isMeant(of, one))
  const meant = emails.filter((one) => isMeant(of, one))
  if (op === 'remove' && sub !== undefined && sub !== 'value')
    return [...rest, ...meant.map((one) => ({ ...one, [sub]: undefined }))]
  if (op === 'remove') return rest
  const set = sub === undefined ? (emailsOf(value)[0] ?? {}) : { [sub]: soleValue(value) }
  // A provider replaces what it has not added before: then it is new.
  const after = (meant.length ? meant : [wanted(of)]).map((one) => ({ ...one, ...set }))
  return [...rest, ...after.filter((one) => one.value !== undefined)]
}

function nameAfter(held: Draft['name'], { op, target: { sub }, value }: Step): Draft['name'] {
  if (sub === undefined) {
    if (op === 'remove') return undefined
    const given = nameOf(value)
    if (!given) throw new ScimError('invalidValue', 'name must be an object.')
    return op === 'replace' ? given : { ...held, ...withoutUnset(given) }
  }
  if (!Object.hasOwn(NAME_PARTS, sub)) {
    // A middle name, an honorific: known to SCIM, and not kept.
    if (/^(middlename|honorificprefix|honorificsuffix)$/.test(sub)) return held
    throw new ScimError('invalidPath', `There is no name.${sub}.`)
  }
  return {
    ...held,
    [NAME_PARTS[sub as keyof typeof NAME_PARTS]]: op === 'remove' ? undefined : soleValue(value),
  }
}
const withoutUnset = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined))

function setActive(draft: Draft, { op, value }: Step): void {
  if (op === 'remove') throw new ScimError('mutability', 'active cannot be removed. Replace it by false.')
  const told = Truth.safeParse(soleValue(value))
  if (!told.success) throw new ScimError('invalidValue', 'active must be true or false.')
  draft.isActive = told.data
}

const TEXTS = {
  username: 'userName',
  externalid: 'externalId',
  displayname: 'displayName',
  manager: 'manager',
} as const

function take(draft: Draft, step: Step): void {
  const { op, target, value } = step
  const { attribute } = target
  if (target.isForeign) return
  if (attribute === 'active') return setActive(draft, step)
  if (attribute === 'emails') draft.emails = emailsAfter(draft.emails, step)
  else if (attribute === 'name') draft.name = nameAfter(draft.name, step)
  else if (Object.hasOwn(TEXTS, attribute))
    Object.assign(draft, {
      [TEXTS[attribute as keyof typeof TEXTS]]: op === 'remove' ? undefined : soleValue(value),
    })
  else if (!isNotKept(attribute)) throw new ScimError('invalidPath', `There is no attribute ${attribute}.`)
}

/** @throws ScimError where a step cannot be, or what comes out is no person */
export function patchUser(before: Said, steps: readonly Step[]): { said: Said; saysActive: boolean } {
  const draft: Draft = { ...before }
  for (const step of steps) take(draft, step)
  const parsed = Said.safeParse(draft)
  if (!parsed.success) throw wrongValue(parsed.error.issues)
  const said = { ...parsed.data, name: renamed(before.name, parsed.data.name) }
  return { said, saysActive: steps.some(({ target }) => target.attribute === 'active') }
}
