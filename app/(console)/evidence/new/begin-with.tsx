// Ready-made packs to begin with, and what each leaves to whoever builds it.
import { readyPacks, type ReadyPack } from '@/governance/packs/ready'
import { Link } from '@/app/_ui/link'

const Choices = () => (
  <ul className="grid gap-3 md:grid-cols-3">
    {readyPacks.map(({ id, title, about }) => (
      <li key={id} className="flex flex-col gap-1 rounded-lg border border-hairline p-3">
        <Link href={`/evidence/new?ready=${id}`} prefetch={false} className="link font-medium">
          {title}
        </Link>
        <p className="text-caption text-muted">{about}</p>
      </li>
    ))}
  </ul>
)

function Begun({ ready }: { ready: ReadyPack }) {
  return (
    <div className="rounded-lg border border-hairline p-3">
      <p>
        Begun with <span className="font-medium">{ready.title}</span>. What is left to you:
      </p>
      <ul className="mt-1 list-disc pl-5">
        {ready.toComplete.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p className="mt-2">
        <Link href="/evidence/new" prefetch={false} className="link">
          Begin with nothing
        </Link>
      </p>
    </div>
  )
}

export function BeginWith({ ready }: { ready: ReadyPack | undefined }) {
  return (
    <section aria-label="Ready-made packs" className="mb-6">
      {ready ? <Begun ready={ready} /> : <Choices />}
    </section>
  )
}
