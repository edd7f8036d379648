// `credentials`: the list of credentials and stored secrets, with the filters of the page; `replace` for one. Never a value.
import { CredentialFilter, type CredentialRow } from '@/core/list'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { lookedAt } from '@/inventory/queries/credential-where'
import { eachCredential } from '@/inventory/queries/each-credential'
import { listCredentials } from '@/inventory/queries/list-credentials'
import { scopeIds } from '@/inventory/queries/scope-ids'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { printList } from '../print-list'
import { minute } from '../words'
import { replaceCommand } from './credentials-replace'

const HEAD = ['NAME', 'TYPE', 'BELONGS TO', 'VALUE MADE', 'EXPIRES', 'LAST USED', 'SCOPE', 'ID']

const when = ({ state, at }: CredentialRow['value'], none: string): string =>
  at ? minute(at) : state === 'absent' ? none : 'unknown'

function belongsTo({ kind, identity }: CredentialRow): string {
  if (kind === 'secret' || !identity) return ''
  if (identity.state === 'known') return identity.name ?? identity.nativeId ?? 'unknown'
  return identity.state === 'absent' ? 'nobody' : 'unknown'
}

const cells = (row: CredentialRow): string[] => [
  row.count === undefined ? row.name : `${row.name} (stands for ${row.count} or more)`,
  row.type,
  belongsTo(row),
  when(row.value, 'no date'),
  when(row.expires, 'never'),
  when(row.lastUsed, 'never'),
  row.scope.sample ? `${row.scope.name} (sample)` : row.scope.name,
  row.id,
]

export const credentials = cliCommand(
  'credentials',
  'list credentials and stored secrets, never their values',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(CredentialFilter, options)
    const whole = { ...filter, size: limit }
    await atAsked(options, () =>
      printList({
        out,
        name: 'credentials',
        all: options.all === true,
        head: HEAD,
        cells,
        page: () => listCredentials(actor, whole),
        each: () => eachCredential(actor, whole),
        completeness: async () =>
          completenessOf(actor, {
            scopeIds: await scopeIds(filter.scope),
            kinds: lookedAt(actor, filter),
          }),
      }),
    )
  },
  (command) => withAsOf(withFilter(CredentialFilter)(command)),
)
  // Or an option of `replace` would be taken for one of the list.
  .enablePositionalOptions()
  .addCommand(replaceCommand)
