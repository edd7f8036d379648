// Keys, each sort a stream: those of service accounts, HMAC keys for Cloud Storage, and API keys.
import type { Stream } from '@/core/connector'
import { absent, known, unknown, type Fact } from '@/core/fact'
import { ACCOUNTS, type Accounts } from './accounts'
import type { CallName } from './calls'
import { assetsOf } from './list-assets'
import { lookAt } from './look'
import { accountKey, apiKey, ASSETS, HMAC, hmacKey, KEYS } from './map-credential'
import { lastUse } from './map-account'
import { Refusals } from './refusals'
import { AccountKeys, Activity, HmacKey, pageOf } from './shapes'
import { API_KEY, PAGES } from './shapes-assets'
import { projectName } from './tree'
import { byName, byText, lastPart } from './values'

const USES: CallName = 'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query'
const ActivityPage = pageOf('activities', Activity)
const HmacPage = pageOf('items', HmacKey)
const CREDENTIAL = ['credential'] as const

export const serviceAccountKeys: Stream = {
  kinds: CREDENTIAL,
  async *collect(at) {
    const look = await lookAt(at)
    const { all, refusals } = await look.accounts()
    for (const refusal of refusals) look.lacking(CREDENTIAL, refusal)
    const uses = new Map<string, Fact<Activity[]>>()
    for (const account of all) {
      const listed = await look.asker.ask(KEYS, { name: account.name }, AccountKeys)
      look.lacking(CREDENTIAL, listed)
      if (listed.state !== 'known') continue
      // Google's own keys of it are never out of its hands, and change by themselves.
      for (const key of byName(listed.value.keys.filter(({ keyType }) => keyType === 'USER_MANAGED'))) {
        const name = projectName(account.project)
        const held = uses.get(name) ?? (await look.asker.list(USES, { name }, ActivityPage))
        uses.set(name, held)
        const tail = `/keys/${lastPart(key.name)}`
        const since = known(key.validAfterTime, KEYS)
        const isMeant = ({ fullResourceName }: Activity) => fullResourceName.endsWith(tail)
        yield accountKey(account, key, lastUse(held, isMeant, since, USES))
      }
    }
  },
}

/** Whose key it is, or undefined where that cannot be told without accounts that could not be read. */
function ownerOf(accounts: Accounts, email: string, source: string): Fact<string> {
  const found = accounts.resolve(email)
  if (found.state === 'found') return known(found.account.uniqueId, source)
  if (found.state === 'unread') return found.refusal
  return unknown('not-collected', ACCOUNTS, 'its service account is not among those that are read')
}

export const hmacKeys: Stream = {
  kinds: CREDENTIAL,
  async *collect(at) {
    const look = await lookAt(at)
    for (const refusal of look.tree.refusals) look.lacking(CREDENTIAL, refusal)
    const refusals = new Refusals()
    for (const name of look.tree.projects.map(projectName)) {
      const keys = await look.asker.list(HMAC, { name }, HmacPage)
      if (keys.state === 'unknown') refusals.add(name, keys)
      if (keys.state !== 'known') continue
      for (const key of [...keys.value].sort((a, b) => byText(a.accessId, b.accessId)))
        if (key.state !== 'DELETED')
          yield hmacKey(key, ownerOf(await look.accounts(), key.serviceAccountEmail, HMAC))
    }
    for (const refusal of refusals.all) look.lacking(CREDENTIAL, refusal)
  },
}

export const apiKeys: Stream = {
  kinds: CREDENTIAL,
  async *collect(at) {
    const look = await lookAt(at)
    for (const key of await assetsOf(look, [API_KEY], PAGES.apiKeys, CREDENTIAL)) {
      const { serviceAccountEmail: email, deleteTime } = key.resource.data
      if (deleteTime !== null) continue
      const owner = email
        ? ownerOf(await look.accounts(), email, ASSETS)
        : absent(ASSETS, 'it is bound to no service account: it belongs to its project')
      yield apiKey(key, owner)
    }
  },
}
