// The table of escalations of AWS: every definition, and which of them an action belongs to.
import { COMPUTE } from './table-compute'
import { CONTAINERS } from './table-containers'
import { DATA } from './table-data'
import { defined, type Definition } from './definition'
import { DELIVERY } from './table-delivery'
import { FEDERATION } from './table-federation'
import { OTHERS } from './table-others'
import { OWN } from './table-own'

export const UNREAD = 'unread-policy'
const unread = defined(
  {
    id: UNREAD,
    title: 'A policy that could not be read',
    gives: 'It may hold whatever the policy allows.',
    only: 'The policy allows one of the ways of this table.',
    from: ['IAM user guide, "Policies and permissions"'],
  },
  [],
  { way: 'unread' },
)

export const TABLE: readonly Definition[] = [
  ...OWN,
  ...OTHERS,
  ...COMPUTE,
  ...CONTAINERS,
  ...DELIVERY,
  ...DATA,
  ...FEDERATION,
  unread,
]
