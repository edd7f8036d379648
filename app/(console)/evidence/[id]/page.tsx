// One pack: what was asked, how far it is or what came of it, its files, and how whoever has it checks it.
import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { may, type Actor } from '@/core/permissions'
import { scopeNames } from '@/governance/campaigns/population'
import { packView, type PackView } from '@/governance/packs/asking/list'
import { titleOfControl } from '@/governance/packs/asking/settle'
import { isEnded, standingOf } from '@/governance/packs/asking/standing'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { filterValues } from '@/app/_inventory/identity-filter-words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { buttonClass } from '@/app/_ui/button'
import { CopyText } from '@/app/_ui/copy-text'
import { DownloadLink, Link } from '@/app/_ui/link'
import { absolute, duration, Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { cancel, remove } from '../actions'
import { bytesWords, PackWord } from '../state'
import { Facts } from './facts'

export const metadata: Metadata = { title: 'Pack' }

type File = NonNullable<PackView['files']>[number]
const number = (n: number) => n.toLocaleString('en')
const FILES: Column<File>[] = [
  { key: 'name', title: 'File', cell: ({ name }) => <span className="font-mono text-caption">{name}</span> },
  {
    key: 'rows',
    title: 'Rows',
    numeric: true,
    cell: ({ rows }) => (rows === undefined ? <span className="text-muted">No list</span> : number(rows)),
  },
  { key: 'bytes', title: 'Size', numeric: true, cell: ({ bytes }) => bytesWords(bytes) },
  {
    key: 'sha256',
    title: 'SHA-256',
    cell: ({ sha256 }) => (
      <span className="block min-w-56 font-mono text-caption [overflow-wrap:anywhere]">{sha256}</span>
    ),
  },
]
const PROGRESS: Column<PackView['progress'][number]>[] = [
  { key: 'file', title: 'File', cell: ({ file }) => <span className="font-mono text-caption">{file}</span> },
  { key: 'rows', title: 'Rows so far', numeric: true, cell: ({ rows }) => number(rows) },
  {
    key: 'done',
    title: 'State',
    cell: ({ done }) => <StateWord tone={done ? 'ok' : 'waiting'}>{done ? 'Written' : 'Not yet'}</StateWord>,
  },
]

function Asked({ pack: { asked }, scopes }: { pack: PackView; scopes: Record<string, string> }) {
  const filter = filterValues(asked.filter, (id) => scopes[id] ?? id)
  return (
    <Section id="asked" title="What was asked">
      <Facts
        rows={[
          [
            'Controls',
            asked.controls.map((id) => titleOfControl(id) ?? id).join(', ') || 'None: the record alone',
          ],
          ['About', filter.map(({ title, value }) => `${title}: ${value}`).join('; ') || 'All identities'],
          [
            asked.from ? 'Period' : 'As of',
            `${asked.from ? `${absolute(asked.from)} to ` : ''}${absolute(asked.asOf)}`,
          ],
          [
            'Knowledge',
            asked.known === asked.asOf
              ? 'As we knew it then'
              : `As it was, with what was known at ${absolute(asked.known)}`,
          ],
          ['Left out', asked.redact.length ? 'The names of people' : 'Nothing'],
          ...(asked.withheld?.length
            ? ([['Not for whoever asked', asked.withheld.join(', ')]] as const)
            : []),
        ]}
      />
    </Section>
  )
}

/** Few at once; the manifest has all of them as well. */
const GAPS_SHOWN = 12
function Gaps({ gaps }: { gaps: readonly string[] }) {
  const more = gaps.slice(GAPS_SHOWN)
  const list = (some: readonly string[]) => (
    <ul className="list-disc pl-4">
      {some.map((gap) => (
        <li key={gap}>{gap}</li>
      ))}
    </ul>
  )
  return (
    <Section id="gaps" title="Not seen">
      <Notice tone="warn" title="It is not complete, and says so">
        {list(gaps.slice(0, GAPS_SHOWN))}
        {more.length > 0 && (
          <details>
            <summary className="mt-1 cursor-pointer">{number(more.length)} more</summary>
            {list(more)}
          </details>
        )}
      </Notice>
    </Section>
  )
}

function Sealed({ pack }: { pack: PackView }) {
  return (
    <>
      {pack.complete === false && <Gaps gaps={pack.gaps} />}
      <Seal pack={pack} />
      <Section id="files" title="Files">
        <DataTable caption="Files" columns={FILES} rows={pack.files ?? []} rowKey={({ name }) => name} />
      </Section>
      <Verify pack={pack} />
    </>
  )
}

function Seal({ pack }: { pack: PackView }) {
  return (
    <Section id="seal" title="Seal">
      <Facts
        rows={[
          [
            'SHA-256',
            <span key="sha256" className="font-mono text-caption">
              {pack.sha256}
            </span>,
          ],
          [
            'Before its seal',
            <span key="content">
              <span className="font-mono text-caption">{pack.content}</span>
              <span className="block text-caption text-muted">
                The same when the same is asked again of the same moment, with the same key.
              </span>
            </span>,
          ],
          [
            'Key',
            <Link key="key" href="/evidence/keys" className="link font-mono text-caption">
              {pack.key}
            </Link>,
          ],
          [
            'Head of the log',
            <span key="head" className="font-mono text-caption">
              {pack.activityHead ?? 'Nothing had been done'}
            </span>,
          ],
          ['Size', bytesWords(pack.bytes)],
          [
            'File',
            pack.removedAt
              ? `Removed by ${pack.removedBy ?? 'nobody known'}, ${absolute(pack.removedAt)}`
              : pack.expiresAt && `Kept until ${absolute(pack.expiresAt)}`,
          ],
        ]}
      />
    </Section>
  )
}

function Verify({ pack }: { pack: PackView }) {
  return (
    <Section
      id="verify"
      title="Check it"
      lead="Without a database and without us: whoever has the pack and the key can tell whether a byte was changed."
    >
      <div className="flex max-w-160 flex-col gap-2">
        <CopyText
          what="The command that checks it"
          text={`npm run -s rollcall -- verify pack.zip --key ${pack.key ?? ''}`}
        />
        <p>
          Or in a browser, where nothing is uploaded:{' '}
          <Link href="/verify" prefetch={false} className="link">
            verify a pack
          </Link>
          .
        </p>
        <p className="text-caption text-muted">
          Compare the key with one that you were given by another way, such as on paper. The head of the log
          is checked under Activity, or by <code>activity verify --head</code>.
        </p>
      </div>
    </Section>
  )
}

function Under({ pack, actor }: { pack: PackView; actor: Actor }) {
  const mayCancel = may(actor, 'evidence:build') && (pack.by.id === actor.id || may(actor, 'evidence:manage'))
  return (
    <Section
      id="progress"
      title={standingOf(pack)}
      lead="The list of jobs above follows it, and this page is read again when it ends."
    >
      {pack.progress.length > 0 && (
        <DataTable caption="Progress" columns={PROGRESS} rows={pack.progress} rowKey={({ file }) => file} />
      )}
      {mayCancel && (
        <ActionForm action={cancel} label="Cancel the pack" className="mt-3">
          <input type="hidden" name="id" value={pack.id} />
          <Submit look="danger">Cancel</Submit>
        </ActionForm>
      )}
    </Section>
  )
}

function Actions({ pack, actor }: { pack: PackView; actor: Actor }) {
  return (
    <>
      {may(actor, 'evidence:manage') && pack.state === 'sealed' && !pack.removedAt && (
        <ActionForm action={remove} label="Remove the file">
          <input type="hidden" name="id" value={pack.id} />
          <Submit look="danger">Remove the file</Submit>
        </ActionForm>
      )}
      {pack.canDownload && (
        <DownloadLink href={`/api/v1/packs/${pack.id}/download`} className={buttonClass('primary')}>
          <Download size={14} aria-hidden /> Download
        </DownloadLink>
      )}
    </>
  )
}

export default async function PackPage({ params }: IdProps) {
  const actor = await requireActor('evidence:read')
  const { id } = await params
  const pack = await orNotFound(packView(actor, id))
  const scopes = await scopeNames(actor, pack.asked.filter)
  const took = pack.begunAt && pack.endedAt && ` It took ${duration(pack.begunAt, pack.endedAt)}.`
  return (
    <Page
      title={pack.title}
      crumbs={[{ title: 'Evidence', href: '/evidence' }]}
      aside={<PackWord pack={pack} />}
      lead={
        <>
          Asked by {pack.by.name}, <Moment at={pack.askedAt} full />.{took}
        </>
      }
      actions={<Actions pack={pack} actor={actor} />}
    >
      {pack.state === 'failed' && (
        <Notice tone="danger" title="It could not be built">
          {pack.failure} Nothing of it can be downloaded.
        </Notice>
      )}
      {pack.state === 'sealed' && !pack.canDownload && !pack.removedAt && (
        <Notice title="It holds what your role may not read">Ask for one of your own without it.</Notice>
      )}
      {!isEnded(pack) && <Under pack={pack} actor={actor} />}
      <Asked pack={pack} scopes={scopes} />
      {pack.state === 'sealed' && <Sealed pack={pack} />}
    </Page>
  )
}
