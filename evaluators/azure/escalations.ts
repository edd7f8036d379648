// Known ways of coming to more rights in Azure and Entra: data, one definition each. Ids are those of the catalogue in the
// README; a definition is keyed by the set of permissions that it takes.
import type { Escalation } from '@/core/access'
import { ENTRA_ESCALATIONS } from './escalations-entra'
import { RESOURCE_ESCALATIONS } from './escalations-resources'
import { RIGHTS_ESCALATIONS } from './escalations-rights'

/** Something of the definition that the engine needs beside what people read. */
export type On =
  /** Wherever an assignment holds. */
  | { at: 'scope' }
  /** A role that it holds itself, at every scope where that can be assigned. */
  | { at: 'own-role' }
  /** Each resource of the type that runs as some identity. */
  | { at: 'runner'; type: string }
  /** Each identity that users assigned; the further needs hold anywhere. */
  | { at: 'identity'; anywhere: readonly string[] }
  | { at: 'cluster' }
  | { at: 'policy-vault' }
  | { at: 'secret' }

export type ArmEscalation = Escalation & {
  on: On
  /** What is left open however the permissions are held. */
  open?: string
}

export type EntraEscalation = Escalation & {
  /** Any of these application permissions of Microsoft Graph. */
  permission?: readonly string[]
  /** Any of these actions of a directory role. */
  action?: readonly string[]
  /** It has to own what it leads to. */
  owned?: true
  to: 'administrator' | 'applications' | 'more'
  open?: string
}

export const ARM: readonly ArmEscalation[] = [...RIGHTS_ESCALATIONS, ...RESOURCE_ESCALATIONS]
export const ENTRA: readonly EntraEscalation[] = ENTRA_ESCALATIONS

const shown = ({ id, title, needs, only, gives, source }: Escalation): Escalation => ({
  id,
  title,
  needs,
  ...(only !== undefined && { only }),
  gives,
  source,
})
export const ESCALATIONS: readonly Escalation[] = [...ENTRA, ...ARM].map(shown)

/** Actions about resources that the table names. */
export const CONTROL_ACTIONS: readonly string[] = ARM.flatMap(({ needs, on }) => [
  ...needs,
  ...(on.at === 'identity' ? on.anywhere : []),
]).filter((need) => !need.startsWith('data:'))
