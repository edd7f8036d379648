// Every platform that can say how a lasting credential of its own is done without, by the types of credentials.
import { awsReplacer } from './aws-iam/replace'
import { azureReplacer } from './azure/replace'
import { marksIn } from './fill-in'
import { gcpReplacer } from './gcp/replace'
import { kubernetesReplacer } from './kubernetes/replace'
import type { Replaceable, Replacer, Way } from './replacement'
import { vaultReplacer } from './vault/replace'

const REPLACERS: readonly Replacer[] = [
  awsReplacer,
  azureReplacer,
  gcpReplacer,
  kubernetesReplacer,
  vaultReplacer,
]

export const isReplaceable = (type: string): boolean => REPLACERS.some(({ types }) => types.includes(type))

/** All ways for such a credential, the most common first; none where nobody here knows one. */
export const waysWithout = (known: Replaceable): Way[] =>
  REPLACERS.filter(({ types }) => types.includes(known.credential.type))
    .flatMap((one) => one.replace(known))
    .map((way) => ({ ...way, fillIn: marksIn(way.files) }))
