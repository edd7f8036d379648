// Checks a pack of evidence in the browser. Needs no session: whoever audits has none, and nothing is sent here.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { signingKeys } from '@/governance/packs/keys/list-keys'
import { currentActor } from '@/app/_session/actor'
import { CopyText } from '@/app/_ui/copy-text'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { VerifyForm } from './verify-form'

export const metadata: Metadata = { title: 'Verify a pack' }

/** Those of this installation, for whoever is signed in and may see them: everybody else brings the key they expect. */
async function publishedKeys() {
  const actor = await currentActor()
  if (!actor || !may(actor, 'evidence:read')) return []
  return (await signingKeys(actor)).map(({ key, since, until }) => ({
    key,
    words: `${key.slice(0, 16)}…, since ${since.slice(0, 10)}${until ? ` until ${until.slice(0, 10)}` : ', signs now'}`,
  }))
}

export default async function VerifyPage() {
  return (
    <div className="flex w-full max-w-4xl flex-col gap-6">
      <div>
        <h1 className="text-title">Verify a pack</h1>
        <p className="mt-1 max-w-[84ch] text-prose text-muted">
          Every byte, every file and every signature of a pack of evidence is checked here, in your browser.
          Nothing of it is sent anywhere: you may cut the network before you choose the file.
        </p>
      </div>
      <noscript>
        <Notice tone="warn" title="This page needs scripts">
          The check runs in the browser. Without scripts, use the command below.
        </Notice>
      </noscript>
      <VerifyForm published={await publishedKeys()} />
      <Section
        id="otherwise"
        title="Without this page"
        lead="On any machine with Rollcall, without a database and without a network. It ends with 1 where anything does not fit."
      >
        <CopyText
          text="npm run -s rollcall -- verify pack.zip --key public-key.pem"
          what="the command that verifies a pack"
        />
        <p className="mt-3 mb-1 text-ui text-muted">
          With a countersignature that whoever received it has made by{' '}
          <span className="font-mono">evidence countersign</span>:
        </p>
        <CopyText
          text="npm run -s rollcall -- verify pack.zip --key public-key.pem --countersignature pack.zip.sig --countersignature-key their-key.pem"
          what="the command that verifies a countersignature"
        />
      </Section>
    </div>
  )
}
