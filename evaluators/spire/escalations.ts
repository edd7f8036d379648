// Ways of coming to more in a trust domain, one definition each.
import type { Escalation } from '@/core/access'

export const ADMIN = 'SP01'
export const DOWNSTREAM = 'SP02'
export const HANDS_OUT = 'SP03'
export const GOES_BY = 'SP04'
export const FITS_TOO = 'SP05'

const POLICY = 'spiffe/spire pkg/server/authpolicy/policy_data.json'
const REGISTERING = 'spiffe.io, "Registering workloads"'
export const ESCALATIONS: readonly Escalation[] = [
  {
    id: ADMIN,
    title: 'Registers any identity',
    needs: ['admin'],
    gives: 'Any SPIFFE ID of the trust domain.',
    source: POLICY,
  },
  {
    id: DOWNSTREAM,
    title: 'Signs as the trust domain',
    needs: ['downstream'],
    gives: 'Any SPIFFE ID of the trust domain.',
    source: POLICY,
  },
  {
    id: HANDS_OUT,
    title: 'Holds what it hands out',
    needs: ['entries below it'],
    gives: 'Every SPIFFE ID whose entry names it as the parent: the agent of the node fetches the keys.',
    source: REGISTERING,
  },
  {
    id: GOES_BY,
    title: 'Goes by the name of an alias',
    needs: ['selectors of the node'],
    gives: 'What lies below the alias.',
    source: REGISTERING,
  },
  {
    id: FITS_TOO,
    title: 'Fits a wider entry as well',
    needs: ['selectors of the workload'],
    only: 'the wider entry is for the same nodes',
    gives: 'The SPIFFE ID of the wider entry: a workload gets every one whose selectors it fits.',
    source: REGISTERING,
  },
]
