// Label selectors as Kubernetes reads them.
import type { Selector } from './shapes'

type Labels = Readonly<Record<string, string>>

function fitsExpression(
  { key, operator, values }: Selector['matchExpressions'][number],
  labels: Labels,
): boolean {
  const has = Object.hasOwn(labels, key)
  const value = has ? labels[key] : undefined
  const among = value !== undefined && values.includes(value)
  if (operator === 'In') return among
  if (operator === 'NotIn') return !among
  if (operator === 'Exists') return has
  if (operator === 'DoesNotExist') return !has
  // One that is not known here selects nothing rather than everything.
  return false
}

/** An empty selector fits everything; so does none, where nothing is selected by. */
export const fitsSelector = (selector: Selector | null | undefined, labels: Labels): boolean =>
  !selector ||
  (Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value) &&
    selector.matchExpressions.every((one) => fitsExpression(one, labels)))

/** The selector as `kubectl --selector` takes it. */
export function selectorText(selector: Selector | null | undefined): string {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      `${key} ${operator} ${values.length ? `(${[...values].sort().join(', ')})` : ''}`.trim(),
    ),
  ]
  return parts.sort().join(', ')
}
