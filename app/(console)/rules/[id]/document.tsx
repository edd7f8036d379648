// Renders the little Markdown that rule documents use: headings, paragraphs, lists, code. Nothing of it is HTML.
import type { ReactNode } from 'react'

function Inline({ text }: { text: string }): ReactNode {
  return text.split(/(`[^`]+`)/).map((part, i) =>
    part.startsWith('`') ? (
      <code key={i} className="rounded-sm bg-sunken px-1 font-mono text-caption">
        {part.slice(1, -1)}
      </code>
    ) : (
      part
    ),
  )
}

function Block({ block }: { block: string }) {
  if (block.startsWith('# ')) return null
  if (block.startsWith('## ')) return <h2 className="mt-6 mb-1 text-section">{block.slice(3)}</h2>
  if (block.startsWith('```'))
    return (
      <pre className="my-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-caption">
        {block.replace(/^```\w*\n?/, '').replace(/\n?```$/, '')}
      </pre>
    )
  if (block.startsWith('- '))
    return (
      <ul className="my-2 list-disc pl-5 text-prose">
        {block.split(/\n(?=- )/).map((item) => (
          <li key={item} className="my-0.5">
            <Inline text={item.slice(2).replaceAll('\n', ' ')} />
          </li>
        ))}
      </ul>
    )
  return (
    <p className="my-2 text-prose">
      <Inline text={block.replaceAll('\n', ' ')} />
    </p>
  )
}

export function Document({ text }: { text: string }) {
  const blocks = text.trim().split(/\n{2,}(?![^`]*```\s*\n\n)/)
  return (
    <div className="max-w-[72ch]">
      {blocks.map((block, i) => (
        <Block key={i} block={block.trim()} />
      ))}
    </div>
  )
}
