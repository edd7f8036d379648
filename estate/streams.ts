// The streams of the generated estate: what each yields, and what there is at one number of each listing.
import type { Kind, Observation } from '@/core/observation'
import { addActivity, isLogged } from './activity'
import { addCredentials } from './credential'
import { inlineRow, offeredRow, writtenRow } from './entitlement'
import { addGrants, hasInline } from './grant'
import { addIdentity } from './identity'
import { issuerRow } from './issuer'
import { memberAt, slotKey, type Member } from './member'
import type { Place } from './organisation'
import { secretRow } from './secret'
import type { Listing, World } from './transport'
import { addTrusts } from './trust'
import { addWorkload } from './workload'

/** Adds what there is at one number of a listing. */
type Add = (rows: Observation[], place: Place, number: number) => void
export type Part = { permission: string; what: Listing; add: Add }
type Parts = Record<string, { kinds: Kind[]; parts: Part[] }>

/** Every stream by name, with the listings it goes through. */
export const partsOf = (world: World): Parts => ({ ...memberParts(world), ...placeParts(world) })

/** Goes through the identities that are there on the day, or those of them whose key is picked. */
const members = (
  day: number,
  permission: string,
  add: (rows: Observation[], member: Member) => void,
  isPicked?: (key: number) => boolean,
): Part => ({
  permission,
  what: 'members',
  add: (rows, place, slot) => {
    if (isPicked && !isPicked(slotKey(place, slot))) return
    const member = memberAt(place, slot, day)
    if (member) add(rows, member)
  },
})

function memberParts({ organisation, day }: World): Parts {
  const at = { organisation, day }
  const whole = (rows: Observation[], member: Member) => {
    addIdentity(rows, member, at)
    addTrusts(rows, member, at)
  }
  return {
    identities: {
      kinds: ['identity', 'owner-hint', 'trust'],
      parts: [members(day, 'estate:ListIdentities', whole)],
    },
    credentials: {
      kinds: ['credential'],
      parts: [members(day, 'estate:ListKeys', (rows, member) => addCredentials(rows, member, day))],
    },
    grants: {
      kinds: ['grant'],
      parts: [members(day, 'estate:ListGrants', (rows, member) => addGrants(rows, member, day))],
    },
    workloads: {
      kinds: ['workload'],
      parts: [members(day, 'estate:ListWorkloads', (rows, member) => addWorkload(rows, member, day))],
    },
    activity: {
      kinds: ['usage'],
      parts: [
        members(day, 'estate:ListActivity', (rows, member) => addActivity(rows, member, day), isLogged),
      ],
    },
  }
}

function placeParts({ day }: World): Parts {
  const entitlements = 'estate:ListEntitlements'
  const secret: Add = (rows, place, slot) => {
    const row = secretRow(place, slot, day)
    if (row) rows.push(row)
  }
  return {
    entitlements: {
      kinds: ['entitlement'],
      parts: [
        { permission: entitlements, what: 'offered', add: (rows, _, index) => rows.push(offeredRow(index)) },
        {
          permission: entitlements,
          what: 'written',
          add: (rows, place, index) => rows.push(writtenRow(place, index)),
        },
        members(day, entitlements, (rows, member) => rows.push(inlineRow(member)), hasInline),
      ],
    },
    secrets: {
      kinds: ['secret'],
      parts: [{ permission: 'estate:ListSecrets', what: 'secrets', add: secret }],
    },
    issuers: {
      kinds: ['issuer'],
      parts: [
        {
          permission: 'estate:ListIssuers',
          what: 'issuers',
          add: (rows, place, index) => rows.push(issuerRow(place, index)),
        },
      ],
    },
  }
}
