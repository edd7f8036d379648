// The drawing of a lineage: columns that read as lists, with lines between them. No layout engine: it prints.
import { DASHES, type LineKind } from '@/app/_access/lines'
import { Link } from '@/app/_ui/link'
import type { Node, Shape } from './lineage-nodes'

/** Boxes that one column shows. */
export const SHOWN = 8
const BOX = 48
const GAP = 8
const WIDTH = 56

const SHAPES: Record<Shape, string> = {
  circle: 'M1 5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  square: 'M1 1h8v8h-8z',
  diamond: 'M5 0.6L9.4 5L5 9.4L0.6 5z',
}
function Mark({ shape }: { shape: Shape }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden className="shrink-0 text-muted">
      <path d={SHAPES[shape]} fill="none" stroke="currentColor" strokeWidth="1.5" />
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
export function Lines({ nodes, rows, to }: { nodes: Node[]; rows: number; to: 'right' | 'left' }) {
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

export function Column({
  title,
  nodes,
  none,
  moreHref,
  more = 0,
}: {
  title: string
  nodes: Node[]
  none: string
  moreHref: string
  /** Things beyond those that could be drawn. */
  more?: number
}) {
  const shown = nodes.slice(0, SHOWN)
  const left = nodes.length - shown.length + more
  return (
    <div className="flex min-w-0 flex-1 flex-col justify-center md:py-7">
      <h3 className="mb-2 text-caption font-medium text-muted md:absolute md:top-2">{title}</h3>
      {/* What is not drawn stands below the boxes and does not move them from their lines. */}
      <div className="md:relative">
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
        {left > 0 && (
          <Link
            href={moreHref}
            prefetch={false}
            className="link mt-1.5 inline-block text-caption md:absolute md:top-full md:left-0"
          >
            and {left.toLocaleString('en')} more
          </Link>
        )}
      </div>
    </div>
  )
}

const LEGEND: [LineKind, string][] = [
  ['observed', 'seen in logs'],
  ['possible', 'possible by policy'],
  ['declared', 'declared'],
  ['depends', 'depends'],
]
export function Legend({ lines }: { lines: ReadonlySet<LineKind> }) {
  if (!lines.size) return null
  return (
    <ul aria-label="Lines" className="flex flex-wrap gap-x-4">
      {LEGEND.filter(([line]) => lines.has(line)).map(([line, word]) => (
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
