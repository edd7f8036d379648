// A policy while it is being edited: whatever is typed, until it is sent. Pure.
import type { Policy } from '@/core/policy'
import type { ParamField, RuleFields } from '@/governance/policy/rule-settings'

export type Path = readonly (string | number)[]
/** Any shape: what is typed may not be a policy yet. */
export type Draft = { [name: string]: unknown }

export const pathName = (path: Path): string => path.join('.')

export function at(draft: unknown, path: Path): unknown {
  let found = draft
  for (const key of path) found = (found as Record<string | number, unknown> | null | undefined)?.[key]
  return found
}

/** The same with one value replaced, or taken away where it is undefined. What is on the way is made. */
export function put(draft: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof key === 'number') {
    const list = Array.isArray(draft) ? [...(draft as unknown[])] : []
    if (value === undefined && !rest.length) list.splice(key, 1)
    else list[key] = put(list[key], rest, value)
    return list
  }
  const fields = { ...(draft as Record<string, unknown> | undefined) }
  const next = put(fields[key], rest, value)
  if (next === undefined) delete fields[key]
  else fields[key] = next
  return fields
}

/** As it is edited: the policy itself. */
export const draftOf = (policy: Policy): Draft => policy as unknown as Draft

const lines = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one) => String(one).trim()).filter(Boolean) : []
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() ? value.trim() : undefined

function paramValue(field: ParamField | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return lines(value)
  if (typeof value !== 'string') return value
  const typed = value.trim()
  if (!typed) return undefined
  return field?.kind === 'number' && Number.isFinite(Number(typed)) ? Number(typed) : typed
}

/** Fields that hold nothing are left out: what is built in counts then. */
const said = (fields: Record<string, unknown>): Draft =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && !value.length),
    ),
  )

function settings(fields: readonly ParamField[], given: unknown): Draft {
  const { params, severity } = (given ?? {}) as { params?: Record<string, unknown>; severity?: unknown }
  const set = said(
    Object.fromEntries(
      Object.entries(params ?? {}).map(([name, value]) => [
        name,
        paramValue(
          fields.find((one) => one.name === name),
          value,
        ),
      ]),
    ),
  )
  return said({ params: Object.keys(set).length ? set : undefined, severity: text(severity) })
}

function rule(fields: readonly ParamField[], given: unknown): Draft {
  const { off, for: special } = given as { off?: string; for?: unknown[] }
  return {
    // An empty reason is sent: that it is missing is said by its field.
    ...(off !== undefined && { off }),
    ...settings(fields, given),
    ...said({
      for: (special ?? []).map((one) => {
        const { types, environments } = one as { types?: unknown; environments?: unknown }
        return {
          ...said({ types: lines(types), environments: lines(environments) }),
          ...settings(fields, one),
        }
      }),
    }),
  }
}

const each = (list: unknown, clean: (one: Record<string, unknown>) => Draft): Draft[] =>
  (Array.isArray(list) ? list : []).map((one) => clean(one as Record<string, unknown>))

/** What is sent: without the empty lines and fields that editing leaves. */
export function cleaned(draft: Draft, rules: readonly RuleFields[]): Draft {
  const fieldsOf = (id: string) => rules.find((one) => one.id === id)?.params ?? []
  const environments = (draft.environments ?? {}) as Record<string, unknown>
  const ofRules = Object.entries((draft.rules ?? {}) as Record<string, unknown>)
    .map(([id, one]) => [id, rule(fieldsOf(id), one)] as const)
    .filter(([, one]) => Object.keys(one).length > 0)
  return {
    rules: Object.fromEntries(ofRules),
    environments: {
      tags: lines(environments.tags),
      names: each(environments.names, ({ environment, also, production }) => ({
        environment,
        also: lines(also),
        production: production === true,
      })),
      places: each(environments.places, (one) => one),
    },
    endTags: lines(draft.endTags),
    ownerTags: lines(draft.ownerTags),
    breakGlass: each(draft.breakGlass, (one) => one),
    suppliers: each(draft.suppliers, ({ name, identities, endedOn, contact }) => ({
      name,
      identities: lines(identities),
      ...said({ endedOn: text(endedOn), contact: text(contact) }),
    })),
  }
}
