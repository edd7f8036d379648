// What came of a check, in words.
import type { CheckedCountersignature } from '@/evidence/verify/verify-countersignature'
import type { Checked, PackProblem } from '@/evidence/verify/verify-pack'
import type { Tone } from '@/app/_ui/state-word'

type Headline = { tone: 'info' | 'warn' | 'danger'; title: string; then: string }

const has = ({ problems }: Checked, ...kinds: PackProblem['kind'][]) =>
  problems.some(({ kind }) => kinds.includes(kind))

/** Told first: whether it is what was sealed, and by whom. */
export function headline(checked: Checked): Headline {
  const { problems, manifest, isExpectedKey } = checked
  const files = manifest?.files.length ?? 0
  const all = files === 1 ? 'The one file is' : `All ${files.toLocaleString('en')} files are`
  if (!problems.length)
    return isExpectedKey
      ? {
          tone: 'info',
          title: `${all} as sealed, with a key that you expect`,
          then: 'Nothing was changed since.',
        }
      : {
          tone: 'warn',
          title: `${all} as sealed; by whom is still to be compared`,
          then: 'Nothing was changed since. Whoever makes a pack anew can seal it with a key of their own: compare the key below with the one that the installation publishes.',
        }
  if (has(checked, 'newer'))
    return {
      tone: 'danger',
      title: 'It is of a later version, and was not checked',
      then: 'Use the page or the command of a newer Rollcall.',
    }
  if (has(checked, 'not-a-pack'))
    return {
      tone: 'danger',
      title: 'This cannot be checked as a pack',
      then: 'Ask for it again, and compare the SHA-256 of the file with the one that was told with it.',
    }
  if (problems.every(({ kind }) => kind === 'key'))
    return {
      tone: 'danger',
      title: `${all} as sealed, but with another key than you expect`,
      then: 'Do not rely on it before it is clear whose key this is.',
    }
  return {
    tone: 'danger',
    title: 'This is not what was sealed',
    then: 'Do not rely on any of it. Ask for it again from whoever built it.',
  }
}

/** Whether the countersignature is of this pack, and by whom. */
export function countersignedHeadline({ problems, isExpectedKey }: CheckedCountersignature): Headline {
  if (!problems.length)
    return isExpectedKey
      ? {
          tone: 'info',
          title: 'It is countersigned with a key that you expect',
          then: 'Whoever holds that key has signed these very bytes.',
        }
      : {
          tone: 'warn',
          title: 'It is countersigned; by whom is still to be compared',
          then: 'These very bytes were signed. Compare the key below with the one that whoever signed has told you.',
        }
  if (problems.every(({ kind }) => kind === 'newer'))
    return {
      tone: 'danger',
      title: 'The countersignature is of a later version, and was not checked',
      then: 'Use the page or the command of a newer Rollcall.',
    }
  return {
    tone: 'danger',
    title: 'The countersignature does not fit',
    then: 'It says nothing about this pack. Ask for it again from whoever signed.',
  }
}

export type FileLine = {
  name: string
  rows?: number
  bytes?: number
  sha256?: string
  tone: Tone
  state: string
}

const STATES: Partial<Record<PackProblem['kind'], { tone: Tone; state: string }>> = {
  changed: { tone: 'danger', state: 'Changed' },
  missing: { tone: 'danger', state: 'Missing' },
  added: { tone: 'danger', state: 'Added' },
}

/** Every file that is listed or was found, and what became of it. */
export function fileLines({ manifest, problems }: Checked): FileLine[] {
  const of = (name: string) => problems.find((problem) => problem.name === name && STATES[problem.kind])
  const listed = (manifest?.files ?? []).map((file): FileLine => {
    const found = of(file.name)
    return { ...file, ...(found ? STATES[found.kind]! : { tone: 'ok', state: 'As sealed' }) }
  })
  const names = new Set(listed.map(({ name }) => name))
  const others = problems.flatMap(({ kind, name }) =>
    kind === 'added' && name !== undefined && !names.has(name) ? [{ name, ...STATES.added! }] : [],
  )
  return [...listed, ...new Map(others.map((line) => [line.name, line])).values()]
}

/** In units of a thousand, as file managers count. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB']
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** step
  return `${amount.toLocaleString('en', { maximumFractionDigits: step && amount < 100 ? 1 : 0 })} ${units[step]}`
}
