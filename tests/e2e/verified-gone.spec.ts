// From “Remove” to “Verified gone”: an account that is read from files, and one that an emulator keeps, whose commands are run
// for real. It leaves a picture of every page on the way.
import { execFileSync } from 'node:child_process'
import * as iam from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import {
  againstMoto,
  HAS_AWS_CLI,
  HAS_MOTO,
  startMoto,
  type Moto,
} from '@/connectors/aws/fixtures/start-moto'
import { db } from '@/prisma/client'
import { ADMINISTRATOR, type App, firstRun, judged, open, shows, signIn, startApp } from './app'
import {
  addMembers,
  draft,
  openCard,
  openRemediation,
  prepared,
  published,
  save,
  saved,
  saysDone,
  signOff,
  toldState,
} from './campaign-steps'
import { pictures } from './pictures'

const password = 'a long enough password'
const INES = { name: 'Ines Lund', email: 'ines.lund@halden.example', password, role: 'owner' }
const SARA = { name: 'Sara Secures', email: 'sara@halden.example', password, role: 'analyst' }
const READS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::exports/*' }],
})

/** Several looks and a whole campaign each. */
const LONG = { timeout: 600_000 }
const picture = pictures('verified-gone')
let app: App
beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await firstRun(page)
  await context.close()
  await addMembers(app, [INES, SARA])
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
})

/** A campaign about what has this name, which its owner decides to remove. @returns the path of its page */
async function removed(page: Page, name: string): Promise<string> {
  await judged(page)
  await draft(page, { list: `/identities?q=${encodeURIComponent(name)}`, name: `About ${name}` })
  const path = await saved(page)
  await prepared(page)
  await published(page)
  const queue = path.replace('/campaigns/', '/reviews/')
  const { page: own, context } = await open(app)
  await signIn(own, INES)
  await openCard(own, queue, name)
  await picture(own, `${name}-card`)
  await own.getByRole('radio', { name: 'Remove' }).check()
  await own.getByLabel('In your own words').fill('Nothing exports any more.')
  await save(own, name, 'Remove')
  await signOff(own, queue, INES)
  await context.close()
  return path
}

describe('an account that is read from files', () => {
  const user = (name: string, id: string) => ({
    UserName: name,
    UserId: id,
    Arn: `arn:aws:iam::222233334444:user/${name}`,
    Path: '/',
    CreateDate: '2024-01-01T00:00:00+00:00',
    UserPolicyList: [{ PolicyName: 'reads', PolicyDocument: JSON.parse(READS) as unknown }],
    AttachedManagedPolicies: [],
    GroupList: [],
    Tags: [{ Key: 'owner', Value: INES.email }],
  })
  const details = (...users: object[]) =>
    Buffer.from(
      JSON.stringify({
        UserDetailList: users,
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
        IsTruncated: false,
      }),
    )
  const OLD = user('old-exporter', 'AIDAOLDEXPORTER000001')
  const STAYS = user('new-exporter', 'AIDANEWEXPORTER000001')

  async function imports(page: Page, buffer: Buffer): Promise<void> {
    await page.goto('/sources/import')
    await page.getByLabel('What it is').selectOption('aws/aws-authorization-details')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'details.json', mimeType: 'application/json', buffer })
    await page.getByRole('button', { name: 'Upload and preview' }).click()
    await page.getByRole('button', { name: 'Save to the inventory' }).click()
    await page.getByRole('heading', { name: 'What changed' }).waitFor()
    await judged(page)
  }

  test('is never said to be gone by a file alone, which is no complete look', LONG, async () => {
    const { page, context, complaints } = await open(app)
    await signIn(page, SARA)
    await imports(page, details(OLD, STAYS))
    const campaign = await removed(page, 'old-exporter')
    await openRemediation(page, campaign, 'old-exporter')
    await shows(page, '#commands', 'aws iam delete-user --user-name=old-exporter')
    await saysDone(page, 'Change 12')
    await imports(page, details(STAYS))
    await toldState(page, campaign, 'Cannot be verified')
    await picture(page, 'file-cannot-be-verified')
    expect(complaints).toEqual([])
    await context.close()
  })
})

const ACCESS = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'example-secret-of-a-test' }

/** The words that a shell makes of a command, whatever is quoted in it. */
const wordsOf = (line: string): string[] =>
  execFileSync('/bin/sh', ['-euc', `aws() { printf '%s\\0' "$@"; }\n${line}\n`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
const inWords = (kebab: string) =>
  kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** As the command line would send it, where there is none: `aws iam delete-user --user-name=x` is DeleteUser of UserName x. */
async function sendAs(client: iam.IAMClient, line: string): Promise<void> {
  const [, verb = '', ...options] = wordsOf(line)
  type Made = new (input: object) => iam.GetUserCommand
  const Command = (iam as unknown as Record<string, Made | undefined>)[`${inWords(verb)}Command`]
  if (!Command) throw new Error(`nothing sends ${verb}`)
  const input = options.map((option) => {
    const at = option.indexOf('=')
    return [inWords(option.slice(2, at)), option.slice(at + 1)] as const
  })
  await client.send(new Command(Object.fromEntries(input)))
}

/** What stands on the page is run as it was copied. */
async function run(script: string, moto: Moto, client: iam.IAMClient): Promise<void> {
  if (!HAS_AWS_CLI) {
    for (const line of script.split('\n').filter((one) => !one.startsWith('#'))) await sendAs(client, line)
    return
  }
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: ACCESS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ACCESS.secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  execFileSync('/bin/sh', ['-euc', script], { env, stdio: 'pipe' })
}

const byWhat = HAS_AWS_CLI ? 'by its command line' : 'sent by its SDK, for there is no command line here'
describe.skipIf(!HAS_MOTO)(againstMoto('an emulated account'), () => {
  /** Of letters that a shell or an address could take for something else. */
  const NAME = 'ci=exporter+1@old'
  let moto: Moto | undefined
  afterAll(() => moto?.stop())

  async function seeded({ url }: Moto): Promise<{ client: iam.IAMClient; key: string }> {
    const client = new iam.IAMClient({ endpoint: url, region: 'us-east-1', credentials: ACCESS })
    const UserName = NAME
    const Tags = [{ Key: 'owner', Value: INES.email }]
    await client.send(new iam.CreateUserCommand({ UserName, Path: '/ci/', Tags }))
    await client.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: 'reads', PolicyDocument: READS }))
    const policy = { PolicyName: 'exports', PolicyDocument: READS }
    const { Policy } = await client.send(new iam.CreatePolicyCommand(policy))
    await client.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }))
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName }))
    return { client, key: AccessKey?.AccessKeyId ?? '' }
  }
  async function connects(page: Page, { url }: Moto): Promise<string> {
    await page.goto('/sources/new?connector=aws')
    const form = page.getByRole('form', { name: 'Connect AWS' })
    await form.getByLabel('Name').first().fill('Emulated')
    await form.getByLabel('Access key id').fill(ACCESS.accessKeyId)
    await form.getByLabel('Secret access key').fill(ACCESS.secretAccessKey)
    await form.getByLabel('Endpoint').fill(url)
    await form.getByLabel('Look at EKS clusters').uncheck()
    await form.getByLabel('Look at what runs').uncheck()
    await form.getByRole('button', { name: 'Save and run first sync' }).click()
    await page.waitForURL('**/runs/**')
    await page.getByRole('heading', { name: 'What changed' }).waitFor()
    await judged(page)
    return new URL(page.url()).pathname.split('/runs/')[0] ?? ''
  }
  async function syncs(page: Page, source: string): Promise<void> {
    await page.goto(source)
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.waitForURL('**/runs/**')
    await page.getByRole('heading', { name: 'What changed' }).waitFor()
    await judged(page)
  }

  test(`is gone once the commands were run, ${byWhat}, and a sync no longer sees it`, LONG, async () => {
    moto = await startMoto()
    const { client, key } = await seeded(moto)
    const keyNow = () => db.credential.findFirstOrThrow({ where: { nativeId: key } })
    const admin = await open(app)
    await signIn(admin.page, ADMINISTRATOR)
    const source = await connects(admin.page, moto)
    const { page, context, complaints } = await open(app)
    await signIn(page, SARA)
    const campaign = await removed(page, NAME)
    await openRemediation(page, campaign, NAME)
    await picture(page, 'emulated-remediation')
    const script = (what: string) => page.getByRole('region', { name: what, exact: true }).innerText()
    const off = await script('what turns it off')
    expect(off).toContain(`--access-key-id=${key} --status=Inactive`)

    await run(off, moto, client)
    await saysDone(page, 'Turned off; deleted in 14 days')
    await syncs(page, source)
    expect((await keyNow()).doc).toMatchObject({ enabled: { state: 'known', value: false } })
    await toldState(page, campaign, 'Still there')
    await picture(page, 'emulated-still-there')

    // Made anew from what is known by then: what denies it everything is among it.
    await openRemediation(page, campaign, NAME)
    await run(await script('what deletes it'), moto, client)
    await syncs(page, source)
    await picture(page, 'emulated-run')
    await toldState(page, campaign, 'Verified gone')
    await picture(page, 'emulated-verified-gone')
    expect((await keyNow()).retiredAt).not.toBeNull()
    await openRemediation(page, campaign, NAME)
    await shows(page, 'main', 'A complete look did not see it any more')
    await picture(page, 'emulated-remediation-gone')
    const { Users } = await client.send(new iam.ListUsersCommand({}))
    expect(Users).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
    await admin.context.close()
  })
})
