// Templates in the paths of policies, filled in for a holder of whom enough is known.
// Read in `sdk/helper/identitytpl/templating.go` of OpenBao (Vault has the same), and tried with OpenBao 2.7.2.
import { REMOVED } from '@/core/secret-like'

export type Alias = {
  accessor: string | undefined
  id: string
  name: string
  metadata: Readonly<Record<string, string>>
}
/** Whoever a token is for. */
export type Bearer = {
  id: string
  name: string
  /** Undefined where it could not be read. */
  metadata: Readonly<Record<string, string>> | undefined
  aliases: readonly Alias[]
  /** Whether there may be aliases beyond those that are known. */
  moreAliases: boolean
  /** Groups by which it holds something; it may be in others. */
  groups: ReadonlySet<string>
}
/** `gone`: the server leaves the rule out. `unsure`: what it stands for is not known. `odd`: servers differ about such a value. */
export type Filled = { path: string } | 'gone' | 'unsure' | 'odd'

const TEMPLATE = /\{\{([^{}]*)\}\}/g
/** OpenBao refuses the whole of the policies over such a value; Vault puts it in as it is. */
const SPECIAL = /[*+/{}]/
const WILD = /[*+{}]/

/**
 * @param bearer undefined where a token has no entity: the server then leaves out rules with templates of one
 * @param isVault it takes a slash in a value as it stands
 */
export function filled(path: string, bearer: Bearer | undefined, isVault: boolean): Filled {
  let worst: 'gone' | 'unsure' | 'odd' | undefined
  const done = path.replace(TEMPLATE, (_, asked: string) => {
    const value = valueOf(asked.trim(), bearer)
    if (value === 'gone') worst = 'gone'
    else if (value === 'unsure' || value.text.includes(REMOVED)) worst = worst === 'gone' ? 'gone' : 'unsure'
    else if (value.text === '') worst = 'gone'
    else if ((isVault ? WILD : SPECIAL).test(value.text)) worst ??= 'odd'
    return typeof value === 'string' ? '' : value.text
  })
  if (worst) return worst
  return done.includes('{{') || done.includes('}}') ? 'unsure' : { path: done }
}

type Value = { text: string } | 'gone' | 'unsure'
const ENTITY = 'identity.entity.'
const GROUPS = 'identity.groups.'

function valueOf(asked: string, bearer: Bearer | undefined): Value {
  if (asked.startsWith('time.')) return 'unsure'
  const isGroup = asked.startsWith(GROUPS)
  if (!isGroup && !asked.startsWith(ENTITY)) return 'gone'
  if (!bearer) return 'gone'
  return isGroup ? ofGroup(asked.slice(GROUPS.length), bearer) : ofEntity(asked.slice(ENTITY.length), bearer)
}

function ofEntity(asked: string, bearer: Bearer): Value {
  if (asked === 'id') return { text: bearer.id }
  if (asked === 'name') return { text: bearer.name }
  if (asked.startsWith('metadata.')) return of(bearer.metadata, asked.slice('metadata.'.length))
  if (!asked.startsWith('aliases.')) return 'gone'
  const [, accessor = '', what = ''] = /^aliases\.([^.]*)\.(.*)$/s.exec(asked) ?? []
  const alias = bearer.aliases.find((one) => one.accessor === accessor)
  if (!alias)
    return bearer.moreAliases || bearer.aliases.some((one) => one.accessor === undefined) ? 'unsure' : 'gone'
  if (what === 'id') return { text: alias.id }
  if (what === 'name') return { text: alias.name }
  if (what.startsWith('metadata.')) return of(alias.metadata, what.slice('metadata.'.length))
  return what.startsWith('custom_metadata.') ? 'unsure' : 'gone'
}

const of = (values: Readonly<Record<string, string>> | undefined, key: string): Value => {
  if (!values) return 'unsure'
  return Object.hasOwn(values, key) ? { text: String(values[key]) } : 'gone'
}

/** Only groups by which something is held are told; their ids and metadata are not. */
function ofGroup(asked: string, { groups }: Bearer): Value {
  const [, by, group = '', what] = /^(ids|names)\.([^.]*)\.(.*)$/s.exec(asked) ?? []
  if (by === undefined) return 'gone'
  return by === 'names' && what === 'name' && groups.has(group) ? { text: group } : 'unsure'
}
