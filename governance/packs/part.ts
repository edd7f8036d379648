// A part of a pack: one file of it, from the record at one moment. Parts know nothing of archives, jobs or signatures.
import type { FindingLine, ReportFacts } from '@/evidence/report/facts'
import type { IdentityFilter } from '@/core/list'
import type { Moment } from '@/core/moment'
import type { Actor, Permission } from '@/core/permissions'
import type { Tx } from '@/prisma/client'

/** What a pack is asked for, once all of it is settled: asked again it gives the same bytes. */
export type Asked = {
  title: string
  /** `<framework>:<control>`, or a framework alone for all of its controls. Empty: of no control. */
  controls: readonly string[]
  /** Whom it is about: the filter of the list of identities, without its page. */
  filter: Omit<IdentityFilter, 'size' | 'after'>
  moment: Moment
  /** Since when changes, decisions and activity are told; undefined is the instant alone. */
  from?: string
  /** What is left out of cells: the names of people are replaced by a word that stays the same within the pack. */
  redact: readonly 'people'[]
}

/** What parts are written from. `reader` is at the asked moment while they are called. */
export type PackAt = {
  actor: Actor
  asked: Asked
  /** One snapshot of the tables that keep no versions (decisions, exceptions, runs, activity); rows later than `known` are left out. */
  snapshot: Tx
  signal: AbortSignal
}

export type Part = {
  /** Under which it is chosen. */
  id: string
  /** Its name in the archive. */
  file: string
  /** What it holds, in one sentence. */
  about: string
  /** Chosen unless said otherwise. */
  isUsual: boolean
  /** Told of a period alone: chosen only where one is asked about. */
  onlyWithPeriod?: true
  /** What whoever builds or reads it has to be allowed beside evidence:read. */
  needs?: Permission
  /** Rows it would have, for the preview; undefined for what is no list. Bounded in time, exact or said as "at least". */
  count: (at: PackAt) => Promise<{ rows: number; isExact: boolean } | undefined>
  /** Its bytes, in bounded memory. `wrote` is told how many rows have gone by; an error ends the whole pack. */
  write: (at: PackAt, wrote: (rows: number) => void) => AsyncIterable<Uint8Array>
}

/** What the report and the exchange formats are written from, after all lists have been. */
export type PackFacts = {
  report: (at: PackAt, files: ReportFacts['files']) => Promise<ReportFacts>
  /** What the preview says before anything is built; without it, it is taken from the report. */
  preview?: (at: PackAt) => Promise<Pick<ReportFacts, 'complete' | 'gaps' | 'sources'>>
  /** Every finding of the population that speaks to the controls asked about, in batches. */
  findings: (at: PackAt) => AsyncIterable<FindingLine[]>
}

/** A file that is made of the facts instead of from the record: the README, the report, an exchange format. */
export type Rendering = {
  id: string
  file: string
  about: string
  isUsual: boolean
  render: (facts: ReportFacts, findings: () => AsyncIterable<FindingLine[]>) => AsyncIterable<Uint8Array>
}
