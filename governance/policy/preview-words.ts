// What a preview found as sentences: the same in the browser and at the command line. Pure; knows no registry.
import type { Declared, Said } from './compare-verdicts'
import type { Preview } from './preview-policy'

const count = (n: number): string => n.toLocaleString('en')
const STATES: Readonly<Record<Said['state'], string>> = {
  pass: 'passes',
  fail: 'fails',
  unknown: 'not decided',
  'not-applicable': 'not asked',
  exempt: 'exempt: for emergencies',
  off: 'rule is off',
}
export const saidWords = ({ state, severity }: Said): string =>
  severity ? `${STATES[state]}, ${severity}` : STATES[state]

/** A count; a least where not everything was looked at. */
export const leastWords = (n: number, isWhole: boolean): string =>
  isWhole ? count(n) : `at least ${count(n)}`

export function totalWords({ total, isWhole, moves }: Pick<Preview, 'total' | 'isWhole' | 'moves'>): string {
  if (!total)
    return isWhole ? 'No verdict would be another.' : 'No verdict that was looked at would be another.'
  const rules = new Set(moves.map(({ ruleId }) => ruleId)).size
  const verdicts = total === 1 && isWhole ? 'verdict' : 'verdicts'
  return `${isWhole ? count(total) : `At least ${count(total)}`} ${verdicts} of ${rules} ${rules === 1 ? 'rule' : 'rules'} would be ${total === 1 && isWhole ? 'another' : 'others'}.`
}

export function failuresWords({ newFailures, isWhole }: Pick<Preview, 'newFailures' | 'isWhole'>): string {
  const some = Object.entries(newFailures).flatMap(([severity, n]) =>
    n ? [`${leastWords(n, isWhole)} ${severity}`] : [],
  )
  return some.length ? `Would newly fail, or fail worse: ${some.join(', ')}.` : 'Nothing would newly fail.'
}

export function lookedWords({ looked, of, isWhole, notJudged }: Preview): string {
  const waiting = notJudged
    ? ` ${count(notJudged)} ${notJudged === 1 ? 'scope was' : 'scopes were'} read and not judged yet: nothing is told of them.`
    : ''
  if (isWhole && !looked && of)
    return `No rule is in question, so that nothing had to be looked at.${waiting}`
  const all = `${count(of)} identities with their credentials, secrets and scopes`
  const seen = isWhole
    ? `Looked at all ${all}.`
    : `Looked at ${count(looked)} of ${all}: every count is a least.`
  return `${seen} Nothing was saved.${waiting}`
}

export function declaredWords({ identity, until, fits, some }: Declared, isWhole = true): string {
  const who = some.map(({ name }) => name).join(', ')
  const more = fits > some.length ? ', …' : ''
  return `${identity} stands for ${leastWords(fits, isWhole)} ${fits === 1 ? 'identity' : 'identities'} until ${until}${who ? `: ${who}${more}` : ''}. Ordinary rules leave ${fits === 1 ? 'it' : 'them'} out.`
}
