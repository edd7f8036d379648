// Service accounts as identities. They go by their unique id, which is never given out again; an email may be.
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { ACCOUNTS, type Placed } from './accounts'
import type { Activity } from './shapes'
import { byText } from './values'

export const EMAIL = 'gcp.service-account-email'
export const UNIQUE_ID = 'gcp.unique-id'

const NO_SESSION =
  'its tokens live for one hour, or up to twelve where an organisation policy allows it, which is not read'

/** Which of those that Google makes by itself it is: they are used by whoever chooses no other. */
function reasonOf(email: string): string {
  if (/^\d+-compute@developer\.gserviceaccount\.com$/.test(email))
    return 'It is the default service account of Compute Engine: what names no other runs as it.'
  if (email.endsWith('@appspot.gserviceaccount.com'))
    return 'It is the default service account of App Engine: what names no other runs as it.'
  return 'It is a service account: programs act as it.'
}

const describedBy = ({ displayName, description, email }: Placed): string =>
  [displayName, description].filter((text) => text !== '' && text !== email).join(': ')

export type Dated = { createdAt: Fact<Instant>; lastUsedAt: Fact<Instant> }

export function accountIdentity(account: Placed, { createdAt, lastUsedAt }: Dated): Of<'identity'> {
  const { uniqueId, email, name, oauth2ClientId, project } = account
  const aliases = [email, name, ...(oauth2ClientId ? [oauth2ClientId] : [])]
  const description = describedBy(account)
  return {
    kind: 'identity',
    nativeId: uniqueId,
    aliases: [...new Set(aliases)].filter((alias) => alias !== uniqueId),
    keys: [
      { type: EMAIL, value: email },
      { type: UNIQUE_ID, value: uniqueId },
    ],
    type: 'gcp.service-account',
    name: email,
    class: 'machine',
    classReason: reasonOf(email),
    createdAt,
    enabled: known(account.disabled !== true, ACCOUNTS),
    lastUsedAt,
    description: description === '' ? absent(ACCOUNTS) : known(description, ACCOUNTS),
    maxSessionSeconds: unknown('not-offered', ACCOUNTS, NO_SESSION),
    tags: absent(ACCOUNTS, 'service accounts have no labels'),
    consoleUrl: `https://console.cloud.google.com/iam-admin/serviceaccounts/details/${uniqueId}?project=${encodeURIComponent(project.projectId)}`,
  }
}

/** When it was last used, by days. @param since when what is asked about began, where that is known */
export function lastUse(
  activities: Fact<readonly Activity[]>,
  isMeant: (activity: Activity) => boolean,
  since: Fact<Instant>,
  source: string,
): Fact<Instant> {
  if (activities.state !== 'known') return activities
  const found = activities.value.filter(isMeant)
  const times = found.flatMap(({ activity: { lastAuthenticatedTime: at } }) => (at === null ? [] : [at]))
  const last = times.sort().at(-1)
  if (last !== undefined) return known(last, source)
  const periods = found.flatMap(({ observationPeriod: period }) =>
    period?.startTime && period.endTime ? [{ from: period.startTime, to: period.endTime }] : [],
  )
  const [period] = periods.sort((a, b) => byText(a.from, b.from))
  if (!period) return unknown('not-offered', source, 'the record of uses does not speak of it')
  const isCovered = since.state === 'known' && since.value >= period.from && since.value < period.to
  return isCovered
    ? absent(source, `the record of uses holds none up to ${period.to.slice(0, 10)}`)
    : unknown(
        'not-offered',
        source,
        `no use between ${period.from.slice(0, 10)} and ${period.to.slice(0, 10)}; what was before or after is not told`,
      )
}
