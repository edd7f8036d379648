// Generated sentences, each with a way to what it speaks of.
import type { Sentence } from '@/governance/news/sentence'
import { Link } from '@/app/_ui/link'

export function Sentences({ sentences }: { sentences: readonly Sentence[] }) {
  return (
    <ul className="divide-y divide-hairline rounded-lg border border-hairline">
      {sentences.map(({ text, href }) => (
        <li key={text} className="px-3 py-2 [overflow-wrap:anywhere]">
          {href ? (
            <Link href={href} prefetch={false} className="underline-offset-4 hover:underline">
              {text}
            </Link>
          ) : (
            text
          )}
        </li>
      ))}
    </ul>
  )
}
