// How the rules answered about what is judged as one, in few letters: tallies are counted from these.

/** pass, fail, unknown, not applicable, exempt because it is declared to be for emergencies */
export const ANSWERS = ['p', 'f', 'u', 'n', 'x'] as const
export type Answer = (typeof ANSWERS)[number]

export type Counts = {
  pass: number
  fail: number
  unknown: number
  notApplicable: number
  /** Of those not applicable: how many would have been asked were they not for emergencies. */
  exempt: number
}
export const noCounts = (): Counts => ({ pass: 0, fail: 0, unknown: 0, notApplicable: 0, exempt: 0 })

const OWN_END = ';'

/**
 * One letter a rule for the subject itself; then, for each rule about what belongs to it, how many of each answer. Its
 * length does not grow with what belongs to it.
 */
export function writeAnswers(own: string, belonging: readonly string[]): string {
  if (!belonging.length) return own
  const rules = belonging[0]?.length ?? 0
  const counts: string[] = []
  for (let rule = 0; rule < rules; rule++) {
    const of = [0, 0, 0, 0, 0]
    for (const letters of belonging) {
      const which = ANSWERS.indexOf(letters[rule] as Answer)
      of[which] = (of[which] ?? 0) + 1
    }
    counts.push(
      of
        .map((count) => count || '')
        .join('.')
        .replace(/\.+$/, ''),
    )
  }
  return `${own}${OWN_END}${counts.join(' ')}`
}

function add(counts: Counts | undefined, answer: Answer | undefined, times: number): void {
  if (!counts || !times) return
  if (answer === 'p') counts.pass += times
  else if (answer === 'f') counts.fail += times
  else if (answer === 'u') counts.unknown += times
  else {
    counts.notApplicable += times
    if (answer === 'x') counts.exempt += times
  }
}

/**
 * Counts what is written so many times.
 * @param own the counts of each rule about the subject itself, in the order in which they were asked
 * @param belonging the same of the rules about what belongs to it
 */
export function countAnswers(
  written: string,
  times: number,
  own: readonly Counts[],
  belonging: readonly Counts[],
): void {
  const [letters = '', rest = ''] = written.split(OWN_END)
  for (let at = 0; at < letters.length; at++) add(own[at], letters[at] as Answer, times)
  if (rest)
    rest.split(' ').forEach((numbers, at) => {
      numbers.split('.').forEach((count, which) => add(belonging[at], ANSWERS[which], Number(count) * times))
    })
}
