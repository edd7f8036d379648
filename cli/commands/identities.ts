// `identities`: the list, with the filters of the page.
import { IdentityFilter, type IdentityRow } from '@/core/list'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { eachIdentity } from '@/inventory/queries/each-identity'
import { listIdentities } from '@/inventory/queries/list-identities'
import { scopeIds } from '@/inventory/queries/scope-ids'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { printList } from '../print-list'
import { minute } from '../words'

const HEAD = ['NAME', 'TYPE', 'OWNER', 'PRIVILEGE', 'LAST USED', 'FAILING', 'UNKNOWN', 'SCOPE', 'ID']
const STATES = { absent: 'none', unknown: 'unknown', known: '' }
const USES = { absent: 'never', unknown: 'unknown', known: '' }

const cells = (row: IdentityRow): string[] => [
  row.name,
  row.type,
  row.owner.name ?? STATES[row.owner.state],
  row.privilege,
  row.lastUsed.at ? minute(row.lastUsed.at) : USES[row.lastUsed.state],
  row.judged ? String(row.failing) : 'not judged',
  row.judged ? String(row.unknowns) : '',
  row.scope.sample ? `${row.scope.name} (sample)` : row.scope.name,
  row.id,
]

export const identities = cliCommand(
  'identities',
  'list identities',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(IdentityFilter, options)
    const whole = { ...filter, size: limit }
    await atAsked(options, () =>
      printList({
        out,
        name: 'identities',
        all: options.all === true,
        head: HEAD,
        cells,
        page: () => listIdentities(actor, whole),
        each: () => eachIdentity(actor, whole),
        completeness: async () => completenessOf(actor, { scopeIds: await scopeIds(filter.scope) }),
      }),
    )
  },
  (command) => withAsOf(withFilter(IdentityFilter)(command)),
)
