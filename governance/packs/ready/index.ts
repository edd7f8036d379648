// Ready-made packs: what an auditor asks for most, with nothing but the scope and the period left to say.
import type { Asked } from '../part'
import { csf } from './csf'
import { owaspNhi } from './owasp-nhi'
import { pciReview } from './pci-review'

/** The last so many whole days before the moment; none is the instant alone. */
export type ReadyPack = {
  id: string
  title: string
  /** What it is for, in two sentences at most. */
  about: string
  controls: readonly string[]
  /** Ids of the parts it holds. */
  parts: readonly string[]
  /** Of the identities it is about: what it is begun with. */
  filter: Partial<Asked['filter']>
  /** What whoever builds it has to say themselves, in words. */
  toComplete: readonly string[]
  /** Days of the period that it proposes, before the moment; undefined is the instant alone. */
  days?: number
  /** What was tested for each control, in our own words, by the control’s id with its framework. */
  tests: Readonly<Record<string, string>>
}

export const readyPacks: readonly ReadyPack[] = [owaspNhi, csf, pciReview]
export const readyPackOf = (id: string): ReadyPack | undefined => readyPacks.find((one) => one.id === id)

const TESTS: Readonly<Record<string, string>> = Object.assign({}, ...readyPacks.map(({ tests }) => tests))
/** What was tested for a control, wherever it is asked about: `csf:PR.AA-05`. */
export const testOf = (control: string): string | undefined => TESTS[control]
