// The table at the end of a run: rows by kind, how long it took, and how many that is a second.

export type Looked = { rows: readonly { kind: string; count: number }[]; seconds: number }

const spaced = (n: number) => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')

export function reportOf({ rows, seconds }: Looked): string {
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  const lines = [
    ...rows.map(({ kind, count }) => [kind, spaced(count)]),
    ['rows', spaced(total)],
    ['seconds', seconds.toFixed(1)],
    ['rows a second', seconds > 0 ? spaced(total / seconds) : '–'],
  ]
  const width = Math.max(...lines.map(([name]) => name!.length))
  const most = Math.max(...lines.map(([, value]) => value!.length))
  return lines.map(([name, value]) => `${name!.padEnd(width)}  ${value!.padStart(most)}\n`).join('')
}
