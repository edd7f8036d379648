// What the root user may do: everything, by definition and without any policy. Written down as what it holds, so that it is judged like the rest.
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { LANGUAGE } from './map-grants'
import { rootId } from './map-identity'

/** AWS: the root user cannot be limited by policies of its own account. */
const SOURCE = 'by definition of the root user'
const NAME = 'Everything (root user)'

export function rootPrivilege(account: string): [Of<'entitlement'>, Of<'grant'>] {
  const identity = rootId(account)
  const entitlement = `${identity}/everything`
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  return [
    {
      kind: 'entitlement',
      nativeId: entitlement,
      aliases: [],
      type: 'aws.built-in',
      name: NAME,
      language: LANGUAGE,
      managedBy: 'provider',
      document: known(document, SOURCE),
    },
    {
      kind: 'grant',
      nativeId: `${identity}/holds`,
      identity,
      entitlement,
      entitlementName: NAME,
      effect: 'allow',
      via: 'inline',
    },
  ]
}
