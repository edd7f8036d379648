// Boxes of the size of what is coming. They appear only after 200 ms.
function Bar({ className }: { className: string }) {
  return <div className={`animate-skeleton rounded-sm bg-hover ${className}`} />
}

export function SkeletonPage({ rows = 12 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading">
      <Bar className="mb-5 h-7 w-48" />
      <div className="mb-3 flex gap-2">
        <Bar className="h-8 w-64" />
        <Bar className="h-8 w-28" />
        <Bar className="h-8 w-28" />
      </div>
      <div className="rounded-lg border border-hairline">
        {Array.from({ length: rows }, (_, row) => (
          <div
            key={row}
            className="flex h-(--row) items-center gap-6 border-b border-hairline px-3 last:border-0"
          >
            <Bar className="h-3 w-1/4" />
            <Bar className="h-3 w-1/6" />
            <Bar className="h-3 w-1/6" />
            <Bar className="h-3 w-1/12" />
          </div>
        ))}
      </div>
    </div>
  )
}

export function SkeletonObject() {
  return (
    <div role="status" aria-label="Loading">
      <Bar className="mb-3 h-7 w-72" />
      <Bar className="mb-6 h-4 w-1/2" />
      <div className="mb-8 grid grid-cols-2 gap-px sm:grid-cols-3 xl:grid-cols-6">
        {Array.from({ length: 6 }, (_, cell) => (
          <Bar key={cell} className="h-18" />
        ))}
      </div>
      <Bar className="mb-4 h-40 w-full" />
      <Bar className="h-40 w-full" />
    </div>
  )
}
