// How far a campaign is, as a bar and in words: told apart by how it is filled, not by colour alone.
import type { Funnel } from '@/governance/campaigns/funnel'

const HEIGHT = 10

type Stage = { key: string; title: string; count: number; fill: 'none' | 'lines' | 'full' | 'quiet' }

export const stagesOf = (funnel: Funnel): Stage[] => [
  { key: 'signed', title: 'signed', count: funnel.signed, fill: 'full' },
  { key: 'decided', title: 'decided', count: funnel.decided, fill: 'lines' },
  { key: 'carried', title: 'carried by policy', count: funnel.carried, fill: 'quiet' },
  { key: 'settled', title: 'settled by the close', count: funnel.excepted + funnel.moved, fill: 'quiet' },
  { key: 'pending', title: 'pending', count: funnel.undecided + funnel.unclear, fill: 'none' },
]

/** @example `12 pending, 10 decided, 12 signed` */
export const funnelWords = (funnel: Funnel): string => {
  const told = stagesOf(funnel).filter(({ count, key }) => count > 0 || key === 'pending')
  return told
    .reverse()
    .map(({ count, title }) => `${count.toLocaleString('en')} ${title}`)
    .join(', ')
}

/** @example `2 of 5 removals and reductions verified gone` */
export function remediationWords({ remediations }: Funnel): string {
  const { dropped, ...open } = remediations
  const all = Object.values(open).reduce((sum, count) => sum + count, 0)
  if (!all) return dropped ? 'what was to be done was dropped' : 'nothing to remove or reduce'
  const gone = remediations['verified-gone']
  const there = remediations['still-there']
  return `${gone.toLocaleString('en')} of ${all.toLocaleString('en')} to remove or reduce verified gone${there ? `, ${there.toLocaleString('en')} still there` : ''}`
}

function lines(from: number, to: number): string {
  const drawn: string[] = []
  for (let x = from + 2; x < to; x += 4) drawn.push(`M${x} 1V${HEIGHT - 1}`)
  return drawn.join('')
}

type Part = { key: string; fill: Stage['fill']; from: number; to: number }
function partsOf(stages: readonly Stage[], width: number): Part[] {
  const all = stages.reduce((sum, { count }) => sum + count, 0)
  let before = 0
  return stages
    .filter(({ count }) => count > 0)
    .map(({ key, fill, count }) => {
      const from = (before / all) * width
      before += count
      return { key, fill, from, to: (before / all) * width }
    })
}

export function FunnelBar({ funnel, width = 160 }: { funnel: Funnel; width?: number }) {
  const parts = partsOf(stagesOf(funnel), width)
  return (
    <svg
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden
      className="max-w-full shrink-0"
    >
      <rect width={width} height={HEIGHT} rx="2" className="fill-sunken" />
      {parts.map(({ key, fill, from, to }) => (
        <g key={key}>
          {fill === 'full' && <rect x={from} width={to - from} height={HEIGHT} className="fill-accent" />}
          {fill === 'quiet' && <rect x={from} width={to - from} height={HEIGHT} className="fill-control" />}
          {fill === 'lines' && <path d={lines(from, to)} className="stroke-accent" strokeWidth="1.5" />}
        </g>
      ))}
      <rect
        x=".5"
        y=".5"
        width={width - 1}
        height={HEIGHT - 1}
        rx="2"
        className="fill-none stroke-control"
        strokeWidth="1"
      />
    </svg>
  )
}
