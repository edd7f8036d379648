// The public keys of this installation: to be given to whoever checks packs, by another way than the packs themselves.
import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { keyTrouble, signingKeys, type PublicKey } from '@/governance/packs/keys/list-keys'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { buttonClass } from '@/app/_ui/button'
import { CopyText } from '@/app/_ui/copy-text'
import { Empty } from '@/app/_ui/empty'
import { DownloadLink } from '@/app/_ui/link'
import { absolute } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { rotate } from '../actions'

export const metadata: Metadata = { title: 'Signing keys' }

function Key({ row: { key, pem, since, until, madeBy, brought } }: { row: PublicKey }) {
  return (
    <Section
      id={key}
      title={`${key.slice(0, 16)}…`}
      aside={
        until ? (
          <StateWord tone="off">Until {absolute(until)}</StateWord>
        ) : (
          <StateWord tone="ok">Signs now</StateWord>
        )
      }
      lead={
        brought
          ? `Brought by you, since ${absolute(since)}. Its private half stays in your file and is not kept here.`
          : `Since ${absolute(since)}, made by ${madeBy}.`
      }
    >
      <div className="flex max-w-180 flex-col gap-2">
        <CopyText what={`Key ${key.slice(0, 16)} in hex`} text={key} />
        <CopyText what={`Key ${key.slice(0, 16)} as PEM`} text={pem.trimEnd()} />
      </div>
    </Section>
  )
}

export default async function KeysPage() {
  const actor = await requireActor('evidence:read')
  const [rows, trouble] = await Promise.all([signingKeys(actor), keyTrouble(actor)])
  const isBrought = rows.some(({ brought, until }) => brought && until === undefined)
  return (
    <Page
      title="Signing keys"
      crumbs={[{ title: 'Evidence', href: '/evidence' }]}
      lead="Packs are sealed with the newest. No private half is ever shown; packs that an older one has sealed stay checkable with that one."
      actions={
        rows.length > 0 && (
          <DownloadLink href="/api/v1/signing-keys?format=pem" className={buttonClass()}>
            <Download size={14} aria-hidden /> PEM
          </DownloadLink>
        )
      }
    >
      {trouble !== undefined && (
        <div className="mb-4">
          <Notice tone="danger" title="Packs cannot be built: your key cannot be used">
            {trouble}
          </Notice>
        </div>
      )}
      {rows.length ? (
        rows.map((row) => <Key key={row.key} row={row} />)
      ) : (
        <Empty title="There is no key yet">One is made when the worker first starts.</Empty>
      )}
      {may(actor, 'evidence:manage') && (
        <Section
          id="rotate"
          title="Another key"
          lead={
            isBrought
              ? 'A key that you bring is replaced in its file (PACK_KEY_FILE). This goes back to a key of the installation, once PACK_KEY_FILE is left out.'
              : 'After it was, or may have been, in other hands, or when your rules ask for it. Packs that are being built are sealed with the new one.'
          }
        >
          <ActionForm action={rotate} label="Have another key made">
            <Submit look="danger">Have another key made</Submit>
          </ActionForm>
        </Section>
      )}
    </Page>
  )
}
