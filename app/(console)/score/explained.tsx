// What explains a score: what it is made of, what would raise it, what costs points, and what moved it.
import type { ScoreView } from '@/governance/score/get-score'
import { count } from '@/app/_inventory/words'
import { Sentences } from '@/app/_score/sentences'
import { Section } from '@/app/_ui/section'
import { Changes } from './changes'
import { PartsTable } from './parts-table'

const points = (n: number) => `${n} ${n === 1 ? 'point' : 'points'}`

export function Explained({ view }: { view: ScoreView }) {
  const gains = view.raises.map(({ title, points: gain, identities, href }) => ({
    text: `${points(gain)}: ${title}, for ${count(identities, 'identity', 'identities')}`,
    href,
  }))
  const lost = view.topics.map(({ title, points: cost, href }) => ({
    text: `${points(cost)}: ${title}`,
    href,
  }))
  return (
    <>
      {view.parts.length > 0 && (
        <Section id="parts" title="What it is made of" lead="By the worst finding of each identity.">
          <PartsTable parts={view.parts} />
        </Section>
      )}
      {gains.length > 0 && (
        <Section
          id="raise"
          title="What would raise it most"
          lead="By how much the upper end would rise if none of its findings failed. A rule whose identities fail another one as badly gains nothing by itself."
        >
          <Sentences sentences={gains} />
        </Section>
      )}
      {lost.length > 0 && (
        <Section id="topics" title="What costs points" lead="Of the upper end, by what is worst.">
          <Sentences sentences={lost} />
        </Section>
      )}
      {view.changes.length > 0 && (
        <Section
          id="changes"
          title="What moved it"
          lead="The score as it was, and what it is worked out from that changed since."
        >
          <Changes changes={view.changes} />
        </Section>
      )}
    </>
  )
}
