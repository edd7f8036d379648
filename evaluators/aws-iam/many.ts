// The same questions about many targets at a time: targets that no statement tells apart are judged once.
import type { Question } from '@/core/access'
import type { AwsAccess } from './aws-access'
import { allOf, type Judged } from './judged'
import { UNKNOWN } from './context-keys'
import type { Holding, Layer } from './holding'
import type { Statement } from './statements'
import type { Subject } from './subject'
import type { Target, Targets } from './targets'
import { filled, type Template } from './variables'

export type Need = { action: string; context?: Question['context'] | undefined }
/** Targets for which the answer is the same, for the same reasons. */
export type Allowed = { targets: readonly Target[]; answer: Judged }
type Class = { sample: Target; targets: Target[] }
type Partition = { classes: Class[]; plain: boolean; perTarget: boolean }

/**
 * On which of the targets the subject may do all that is needed, each on the same target; those with a no are left out.
 * What was not seen of its grants could add others: `realm.unseen` says so for all of them.
 */
export function on(
  access: AwsAccess,
  subject: Subject,
  needs: readonly Need[],
  targets: Targets,
): readonly Allowed[] {
  const key = `on ${access.alike(subject)} ${targets.key} ${JSON.stringify(needs)}`
  const { answers } = subject.holding
  const known = answers.get(key) as readonly Allowed[] | undefined
  if (known) return known
  const partition = partitionOf(access, subject, needs, targets)
  const classes = partition.perTarget ? partition.classes.flatMap(single) : partition.classes
  const found = classes.flatMap(({ sample, targets: of }): Allowed[] => {
    const answer = allOf(
      needs.map(({ action, context }) => access.judge(subject, { action, resource: sample.arn, context })),
    )
    return answer.value === 'no' ? [] : [{ targets: of, answer }]
  })
  if (partition.plain) answers.set(key, found)
  return found
}

const single = ({ targets }: Class): Class[] =>
  targets.map((target) => ({ sample: target, targets: [target] }))

function partitionOf(
  access: AwsAccess,
  subject: Subject,
  needs: readonly Need[],
  targets: Targets,
): Partition {
  const { holding, context } = subject
  const actions = needs.map(({ action }) => action.toLowerCase())
  const key = `partition ${targets.key} ${actions.join()}`
  const known = holding.answers.get(key) as Partition | undefined
  if (known) return known
  const { service, resource } = access.facts.ceilings
  const statements = [...holding.layers, ...service, ...resource].flatMap((layer) =>
    actions.flatMap((action) => sidesOf(layer, action)),
  )
  const isVaried = statements.some(({ resources }) =>
    resources.patterns.some(({ hasVariables }) => hasVariables),
  )
  const patternOf = (template: Template) => filled(template, isVaried ? context : UNKNOWN, true)?.pattern
  const partition = {
    classes: classesOf(statements, candidates(holding, actions, targets, patternOf), targets, patternOf),
    plain: statements.every(({ plain }) => plain),
    perTarget: statements.some(({ conditions }) =>
      conditions.some(
        ({ key: of, values }) =>
          isOfTarget(of) || values.some(({ raw }) => /resource/i.test(raw) && raw.includes('${')),
      ),
    ),
  }
  // What variables stand for differs by who asks.
  if (!isVaried) holding.answers.set(key, partition)
  return partition
}

const isOfTarget = (key: string): boolean => /^(aws|iam):resource/.test(key)
const sidesOf = (layer: Layer, action: string): Statement[] => {
  const { allow, deny } = layer.of(action)
  return [...new Set([...allow, ...deny])]
}

type PatternOf = (template: Template) => string | undefined

/** Targets that a statement allows the first action on, whatever else holds; all of them where one does not name any. */
function candidates(
  holding: Holding,
  [first = '']: readonly string[],
  targets: Targets,
  patternOf: PatternOf,
): Iterable<number> {
  const found = new Set<number>()
  for (const { resources } of holding.own.of(first).allow) {
    if (resources.except) return targets.list.keys()
    for (const template of resources.patterns) {
      const pattern = patternOf(template)
      if (pattern === '*') return targets.list.keys()
      if (pattern !== undefined) for (const at of targets.matching(pattern)) found.add(at)
    }
  }
  return found
}

function classesOf(
  statements: readonly Statement[],
  among: Iterable<number>,
  targets: Targets,
  patternOf: PatternOf,
): Class[] {
  const signatures = new Map<number, string>()
  for (const at of among) signatures.set(at, '')
  const patterns = new Set(statements.flatMap(({ resources }) => resources.patterns.map(patternOf)))
  let number = 0
  for (const pattern of patterns) {
    number++
    if (pattern === undefined || pattern === '*') continue
    for (const at of targets.matchingAmong(pattern, signatures)) {
      const signature = signatures.get(at)
      if (signature !== undefined) signatures.set(at, `${signature}${number},`)
    }
  }
  const classes = new Map<string, Class>()
  for (const [at, signature] of signatures) {
    const target = targets.list[at]!
    const found = classes.get(signature)
    if (found) found.targets.push(target)
    else classes.set(signature, { sample: target, targets: [target] })
  }
  return [...classes.values()]
}
