// A long id cut in the middle: its end tells more than its middle. The whole text is in the title and in print.

const HEAD_SHARE = 0.4

export function Middle({ text, max = 40 }: { text: string; max?: number }) {
  if (text.length <= max) return <span className="font-mono text-caption">{text}</span>
  const head = Math.floor(max * HEAD_SHARE)
  return (
    <span className="font-mono text-caption" title={text}>
      <span className="print:hidden" aria-hidden>
        {text.slice(0, head)}…{text.slice(text.length - (max - head - 1))}
      </span>
      <span className="sr-only print:not-sr-only">{text}</span>
    </span>
  )
}
