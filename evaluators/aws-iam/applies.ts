// Whether one statement is about one request.
import { all, depends, no, yes, type Answer } from '../three-valued'
import { judgeConditions, type Context } from './conditions'
import type { Three } from './condition-operators'
import { coverage, covered, type Asked } from './match'
import type { Statement } from './statements'
import { filled } from './variables'

/** `name`: the action as it was asked for; compared is its name in lower case. */
export type Asking = { action: Asked; resource: Asked; context: Context; name: string }

const NOT_ABOUT_IT = no()

export const actionOf = ({ actions }: Statement, action: Asked): Three =>
  covered(
    actions.patterns.map((pattern) => coverage(pattern, action)),
    actions.except,
  )

function resourceOf({ resources }: Statement, resource: Asked, context: Context): Three {
  const answers = resources.patterns.map((template): Three => {
    if (!template.hasVariables && template.parts.length === 1) return coverage(template.raw, resource)
    const known = filled(template, context, true)
    if (!known) return resources.except ? 'depends' : 'no'
    const answer = coverage(known.pattern, resource)
    return known.exact || answer === 'no' ? answer : 'depends'
  })
  return covered(answers, resources.except)
}

/** Whether the statement applies; why its conditions keep it from that is said, what it is not about is not. */
export function applies(statement: Statement, { action, resource, context }: Omit<Asking, 'name'>): Answer {
  const about = actionOf(statement, action)
  if (about === 'no') return NOT_ABOUT_IT
  const on = resourceOf(statement, resource, context)
  if (on === 'no') return NOT_ABOUT_IT
  const { understood, conditions, words } = statement
  if (!understood) return depends(words)
  const wide: Answer[] = []
  if (about === 'depends') wide.push(depends(`${words} That is about some of the actions asked about.`))
  if (on === 'depends')
    wide.push(depends(`${words} Whether that is about all that was asked about is not known.`))
  if (!conditions.length) return wide.length ? all(wide) : yes(words)
  const holds = judgeConditions(conditions, context)
  if (holds.value === 'no') return no(words, ...holds.because)
  if (holds.value === 'yes') return wide.length ? all(wide) : yes(words, ...holds.because)
  return all([...wide, depends(words, ...holds.because)])
}
