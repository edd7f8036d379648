// Who acts as the identity and what it leads to, as three columns with drawn lines. No layout engine: prints and reads as lists.
import type { IdentityDetail } from '@/inventory/queries/types'
import { ClassIcon } from '@/app/_inventory/class-icon'
import { noneOf, wasSeenWhole } from '@/app/_inventory/none-of'
import { typeTitle } from '@/app/_inventory/type-title'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { lineageOf, type Line, type Node, type Shape } from './lineage-nodes'

const SHOWN = 6
const BOX = 48
const GAP = 8
const WIDTH = 56

const DASHES: Record<Line, string | undefined> = { observed: undefined, possible: '5 4', declared: '1.5 3.5' }

function Mark({ shape }: { shape: Shape }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden className="shrink-0 text-muted">
      {shape === 'circle' ? (
        <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      ) : (
        <rect x="1" y="1" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
    </svg>
  )
}

function Box({ node }: { node: Node }) {
  return (
    <li className="flex h-12 items-center gap-2 rounded-md border border-hairline bg-bg px-2.5">
      <Mark shape={node.shape} />
      <span className="min-w-0">
        {node.href ? (
          <Link href={node.href} className="row-link block truncate" title={node.title}>
            {node.title}
          </Link>
        ) : (
          <span className="block truncate font-medium" title={node.title}>
            {node.title}
          </span>
        )}
        <span className="block truncate text-caption text-muted">{node.note}</span>
      </span>
    </li>
  )
}

/** Lines from the middles of the boxes on one side to the identity in the middle, drawn by counting rows. */
function Lines({ nodes, rows, to }: { nodes: Node[]; rows: number; to: 'right' | 'left' }) {
  const height = Math.max(1, rows) * (BOX + GAP) - GAP
  const middle = height / 2
  const top = (height - (nodes.length * (BOX + GAP) - GAP)) / 2
  const flip = to === 'left'
  return (
    <svg
      width={WIDTH}
      height={height}
      viewBox={`0 0 ${WIDTH} ${height}`}
      aria-hidden
      className="hidden self-center text-control md:block"
    >
      {nodes.map((node, i) => {
        const y = top + i * (BOX + GAP) + BOX / 2
        const [from, goal] = flip ? [middle, y] : [y, middle]
        const path = `M0 ${from}C${WIDTH / 2} ${from} ${WIDTH / 2} ${goal} ${WIDTH - 7} ${goal}`
        return (
          <path
            key={node.key}
            d={path}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray={DASHES[node.line]}
          />
        )
      })}
      {(flip ? nodes.map((_, i) => top + i * (BOX + GAP) + BOX / 2) : nodes.length ? [middle] : []).map(
        (y) => (
          <path
            key={y}
            d={`M${WIDTH - 8} ${y - 4}L${WIDTH} ${y}L${WIDTH - 8} ${y + 4}z`}
            fill="currentColor"
          />
        ),
      )}
    </svg>
  )
}

function Column({
  title,
  nodes,
  none,
  moreHref,
}: {
  title: string
  nodes: Node[]
  none: string
  moreHref: string
}) {
  const shown = nodes.slice(0, SHOWN)
  return (
    <div className="flex min-w-0 flex-1 flex-col justify-center md:py-5">
      <h3 className="mb-2 text-caption font-medium text-muted md:absolute md:top-2">{title}</h3>
      {shown.length ? (
        <ul aria-label={title} className="flex flex-col gap-2">
          {shown.map((node) => (
            <Box key={node.key} node={node} />
          ))}
        </ul>
      ) : (
        <p className="flex min-h-12 items-center rounded-md border border-dashed border-control px-2.5 text-caption text-muted">
          {none}
        </p>
      )}
      {nodes.length > SHOWN && (
        <a href={moreHref} className="link mt-1.5 self-start text-caption">
          + {nodes.length - SHOWN} more
        </a>
      )}
    </div>
  )
}

/** Neither is told by a look that was not complete: the one that was not is named. */
const nobodyActs = ({ looks }: IdentityDetail): string =>
  wasSeenWhole(looks, 'workload')
    ? noneOf(looks, 'trust', 'Nothing is known to act as it')
    : noneOf(looks, 'workload', '')

export function LineageSection({ detail }: { detail: IdentityDetail }) {
  const { before, after } = lineageOf(detail)
  const rows = Math.max(1, Math.min(SHOWN, before.length), Math.min(SHOWN, after.length))
  return (
    <Section id="lineage" title="Lineage" aside={<Legend />}>
      <div className="relative flex flex-col gap-4 rounded-lg border border-hairline bg-surface p-4 md:flex-row md:items-stretch md:gap-0 md:pt-7">
        <Column
          title="Who acts as it"
          nodes={before}
          none={nobodyActs(detail)}
          moreHref={detail.usedBy.rows.length > SHOWN ? '#workloads' : '#connections'}
        />
        <Lines nodes={before.slice(0, SHOWN)} rows={rows} to="right" />
        <div className="flex w-full shrink-0 flex-col justify-center md:w-52">
          <p className="rounded-md border-2 border-ink bg-bg px-3 py-2.5 text-center font-semibold [overflow-wrap:anywhere]">
            <span className="mb-0.5 flex items-center justify-center gap-1.5 text-caption font-normal text-muted">
              <ClassIcon of={detail.identity.class} size={13} /> {typeTitle(detail.identity.type)}
            </span>
            {detail.identity.name}
          </p>
        </div>
        <Lines nodes={after.slice(0, SHOWN)} rows={rows} to="left" />
        <Column
          title="What it leads to"
          nodes={after}
          none="Nothing that it becomes or reaches is known. Sources that are not connected may hold some."
          moreHref="#connections"
        />
      </div>
    </Section>
  )
}

function Legend() {
  const entries: [Line, string][] = [
    ['observed', 'seen in logs'],
    ['possible', 'possible by policy'],
    ['declared', 'declared'],
  ]
  return (
    <ul aria-label="Lines" className="flex flex-wrap gap-x-4">
      {entries.map(([line, word]) => (
        <li key={line} className="inline-flex items-center gap-1.5">
          <svg width="24" height="6" aria-hidden className="text-control">
            <path d="M0 3H24" stroke="currentColor" strokeWidth="1.5" strokeDasharray={DASHES[line]} />
          </svg>
          {word}
        </li>
      ))}
    </ul>
  )
}
