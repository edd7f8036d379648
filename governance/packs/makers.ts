// Everything that files of a pack are made by: from the record, and from the facts.
import type { Permission } from '@/core/permissions'
import type { Part, PackFacts, Rendering } from './part'
import { packFacts } from './facts'
import { parts } from './parts'
import { renderings } from './renderings'

export type Makers = { parts: readonly Part[]; renderings: readonly Rendering[]; facts: PackFacts }
export const MAKERS: Makers = { parts, renderings, facts: packFacts }

/** A file that can be chosen. */
export type Content = {
  id: string
  file: string
  about: string
  isUsual: boolean
  onlyWithPeriod: boolean
  needs?: Permission
}

/** In the order in which they are written. */
export const contentsOf = (makers: Makers): Content[] => [
  ...makers.parts.map(({ id, file, about, isUsual, onlyWithPeriod, needs }) => ({
    id,
    file,
    about,
    isUsual,
    onlyWithPeriod: onlyWithPeriod === true,
    ...(needs && { needs }),
  })),
  ...makers.renderings.map(({ id, file, about, isUsual }) => ({
    id,
    file,
    about,
    isUsual,
    onlyWithPeriod: false,
  })),
]
export const CONTENTS = contentsOf(MAKERS)
