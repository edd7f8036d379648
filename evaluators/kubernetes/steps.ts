// Everything somebody can do on its own to act as another or to come to more: bounded, the strongest first.
import type { Step, StepTarget } from '@/core/access'
import type { Entry } from './access-entries'
import type { Judge } from './judge'
import type { Lead } from './leads'
import { ADMINISTRATOR, MORE } from './targets'

/** Steps told of one principal at most. */
const STEPS_MAX = 1_000

/** Each target is told once before any is told again, so that what is cut off is another way to what is told. */
export function stepsOf(judge: Judge, id: string): { steps: Step[]; more: boolean } {
  const subject = judge.cluster.subjects.get(id)
  const entry = judge.cluster.guests.get(id)
  if (entry && !subject) return { steps: unreadSteps(entry), more: false }
  // Of somebody who was not collected nothing is known.
  if (!subject) return { steps: [], more: !judge.cluster.principals.has(id) }
  const leads = judge.leads(subject, judge.rightsOf(id, subject))
  const sure = leads.filter(({ missing }) => !missing.length)
  const ordered = [...sure, ...leads.filter(({ missing }) => missing.length)]
  const steps = new Steps(id)
  for (const first of [ADMINISTRATOR, MORE])
    for (const lead of ordered)
      if (lead.to.includes(first) && !steps.add(lead, [first])) return { steps: steps.found, more: true }
  for (const lead of ordered) if (!steps.add(lead, lead.to)) return { steps: steps.found, more: true }
  for (const lead of ordered) if (!steps.addAgain(lead)) return { steps: steps.found, more: true }
  return { steps: steps.found, more: false }
}

/** What whoever controls a runner comes to. */
export function runnerStepsOf(judge: Judge, id: string): Step[] {
  const steps = new Steps(id)
  for (const lead of judge.runnerLeads(id)) if (!steps.add(lead, lead.to)) break
  return steps.found
}

/** What could not be read may let it do anything. */
const unreadSteps = ({ name, missing, refused }: Entry): Step[] =>
  refused === undefined
    ? [{ to: ADMINISTRATOR, by: 'K28', answer: 'depends', because: [`${name} lets it in.`], missing }]
    : []

/** There is one object for each target, so that these sets need no text made of each. */
class Steps {
  readonly found: Step[] = []
  private readonly reached = new Set<StepTarget>()
  private readonly told = new Map<string, Set<StepTarget>>()
  private readonly done = new Set<readonly StepTarget[]>()
  constructor(private readonly own: string) {}

  /** @returns whether there was room for it */
  add(lead: Lead, targets: readonly StepTarget[]): boolean {
    // Lists are shared: one that was told whole tells nothing new.
    if (this.done.has(targets)) return true
    for (const to of targets) {
      if (this.isOwn(to) || this.reached.has(to)) continue
      if (!this.push(lead, to)) return false
      this.reached.add(to)
    }
    this.done.add(targets)
    return true
  }

  /** Further ways to what was told. */
  addAgain(lead: Lead): boolean {
    for (const to of lead.to)
      if (!this.isOwn(to) && !this.told.get(lead.by)?.has(to) && !this.push(lead, to)) return false
    return true
  }

  private isOwn(to: StepTarget): boolean {
    return to.kind === 'principal' && to.id === this.own
  }

  private push({ by, because, missing }: Lead, to: StepTarget): boolean {
    if (this.found.length >= STEPS_MAX) return false
    const told = this.told.get(by)
    if (told) told.add(to)
    else this.told.set(by, new Set([to]))
    const answer = missing.length ? 'depends' : 'yes'
    this.found.push({ to, by, answer, because, ...(missing.length && { missing }) })
    return true
  }
}
