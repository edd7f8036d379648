// Every platform that can say how an identity of its own is removed or reduced, by the types of identities.
import { awsRemover } from './aws-iam/removal'
import { azureRemover } from './azure/removal'
import { marksIn } from './fill-in'
import { gcpRemover } from './gcp/removal'
import { kubernetesRemover } from './kubernetes/removal'
import type { Act, DraftPlan, Plan, Removable, Remover } from './removal'
import { spireRemover } from './spire/removal'
import { vaultRemover } from './vault/removal'

const REMOVERS: readonly Remover[] = [
  awsRemover,
  azureRemover,
  gcpRemover,
  kubernetesRemover,
  spireRemover,
  vaultRemover,
]

/** What a name brings into words stays on their line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
const told = (acts: readonly Act[]): Act[] => acts.map(({ does, run }) => ({ does: oneLine(does), run }))

const filled = (draft: DraftPlan): Plan => {
  const runs = [...draft.off, ...draft.back, ...draft.end].map(({ run }) => run)
  const { off, back, end, notes } = draft
  return {
    ...draft,
    off: told(off),
    back: told(back),
    end: told(end),
    notes: notes.map(oneLine),
    fillIn: marksIn([{ name: 'commands', language: 'json', text: runs.join('\n') }]),
  }
}

/** Undefined where nobody here knows the platform: then it is told in words alone. */
export function planFor(kind: 'remove' | 'reduce', known: Removable): Plan | undefined {
  const remover = REMOVERS.find(({ types }) => types.includes(known.identity.type))
  return remover && filled(kind === 'remove' ? remover.remove(known) : remover.reduce(known))
}
