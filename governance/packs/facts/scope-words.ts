// The filter of a pack in words, part by part.
import { reader } from '@/inventory/moment/at-moment'
import { scopeIds } from '@/inventory/queries/scope-ids'
import type { Named } from '../parts/people'
import type { PackAt } from '../part'

const UNUSED: Readonly<Record<string, string>> = {
  never: 'never used, as far as the source tells',
  unknown: 'not known when last used',
}

async function scopesOf(words: readonly string[]): Promise<string> {
  const ids = (await scopeIds(words)) ?? []
  const rows = await reader.scope.findMany({
    where: { id: { in: ids } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const names = rows.map(({ name, nativeId }) => (name === nativeId ? name : `${name} (${nativeId})`))
  return names.length ? names.join(', ') : `nothing that is known (${words.join(', ')})`
}

const OWNER_WORDS: ReadonlySet<string> = new Set(['none', 'unknown'])

/** @param named replaces the name of an owner that is asked about, where people are not to be named */
export async function scopeWords({ asked: { filter } }: PackAt, named: Named | undefined): Promise<string[]> {
  const { q, type, class: classes, owner, privilege, unused, rule, scope, state } = filter
  const list = (words: readonly string[] | undefined) =>
    words?.includes('any') ? undefined : words?.join(' or ')
  const told = [
    ['Scopes', scope && !scope.includes('any') ? await scopesOf(scope) : 'all that are read'],
    ['Named', q && `“${q}”`],
    ['Type', list(type)],
    ['Class', list(classes)],
    ['Owner', owner === 'any' ? undefined : owner && named && !OWNER_WORDS.has(owner) ? named(owner) : owner],
    ['Privilege', list(privilege)],
    ['Use', unused && (UNUSED[unused] ?? `not used for more than ${unused} days`)],
    ['Failing the rule', list(rule)],
    ['State', list(state ?? ['active']) ?? 'active or retired'],
  ]
  return told.flatMap(([title, words]) => (words ? [`${title}: ${words}`] : []))
}
