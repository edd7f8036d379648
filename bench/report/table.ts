// Tables in Markdown, their columns aligned as the formatter of the repository wants them.

const escaped = (cell: string) => cell.replaceAll('|', '\\|')

/** @param right columns of numbers */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const cells = [head, ...rows].map((row) => head.map((_, at) => escaped(row[at] ?? '')))
  const widths = head.map((_, at) => Math.max(3, ...cells.map((row) => (row[at] ?? '').length)))
  const pad = (text: string, at: number) =>
    right.includes(at) ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)
  const rule = widths.map((width, at) =>
    right.includes(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  const lines = cells.map((row) => `| ${row.map(pad).join(' | ')} |`)
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n')
}
