// When credentials and service principals were last used, from two preview reports. Only a report that was read whole says
// that something was not used, and then with how far it looks back.
import { absent, known, mapFact, unknown, type Fact, type Instant } from '@/core/fact'
import type { Session } from '@/core/session'
import type { z } from 'zod'
import type { Connection } from '../connection'
import { gather } from '../pages'
import { CREDENTIAL_USE, PRINCIPAL_USE } from './calls'
import { CredentialActivity, PrincipalActivity } from './shapes'

type Dates = Fact<ReadonlyMap<string, Instant | undefined>>
export type Use = { credentials: Dates; principals: Dates }

const NO_SIGN_IN =
  'the report of recent activity holds no sign-in; it is a preview, is late by hours, and forgets what is older than it looks back'
const SETTING = 'the settings of this connection leave preview APIs out'

const latest = (...dates: (Instant | undefined)[]): Instant | undefined =>
  dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1)

/** By id, the latest of all rows that speak of it. */
function byId<T>(rows: readonly T[], id: (row: T) => string, at: (row: T) => Instant | undefined) {
  const dates = new Map<string, Instant | undefined>()
  for (const row of rows) dates.set(id(row), latest(dates.get(id(row)), at(row)))
  return dates
}

async function report<T>(
  session: Session,
  permission: string,
  path: string,
  shape: z.ZodType<T>,
  read: (rows: readonly T[]) => ReadonlyMap<string, Instant | undefined>,
): Promise<Dates> {
  return mapFact(await gather(session, permission, { path }, shape), read)
}

export async function readUse(
  session: Session,
  { previewApis }: Pick<Connection, 'previewApis'>,
): Promise<Use> {
  if (!previewApis)
    return {
      credentials: unknown('left-out', CREDENTIAL_USE, SETTING),
      principals: unknown('left-out', PRINCIPAL_USE, SETTING),
    }
  return {
    credentials: await report(
      session,
      CREDENTIAL_USE,
      '/reports/appCredentialSignInActivities',
      CredentialActivity,
      (rows) =>
        byId(
          rows,
          ({ keyId }) => keyId,
          ({ signInActivity }) => signInActivity?.lastSignInDateTime,
        ),
    ),
    principals: await report(
      session,
      PRINCIPAL_USE,
      '/reports/servicePrincipalSignInActivities',
      PrincipalActivity,
      (rows) =>
        byId(
          rows,
          ({ appId }) => appId,
          // What it did as a client. As a resource it was only asked for.
          ({
            applicationAuthenticationClientSignInActivity: alone,
            delegatedClientSignInActivity: forPeople,
          }) => latest(alone?.lastSignInDateTime, forPeople?.lastSignInDateTime),
        ),
    ),
  }
}

export function usedAt(dates: Dates, id: string | undefined): Fact<Instant> {
  if (dates.state !== 'known') return dates
  const at = id === undefined ? undefined : dates.value.get(id)
  return at === undefined ? absent(dates.source, NO_SIGN_IN) : known(at, dates.source)
}

/** Managed identities: the report does not say whether it counts them, so only a date in it means something. */
export function usedAtIfTold(dates: Dates, id: string | undefined): Fact<Instant> {
  const at = usedAt(dates, id)
  return at.state === 'absent'
    ? unknown(
        'not-offered',
        at.source,
        'the report holds no sign-in, and does not say whether it counts managed identities',
      )
    : at
}
