// The shape of a connector: scopes and streams over a session, and a manifest of pure data that pages and papers are made from.
import type { z } from 'zod'
import type { Fact, Instant } from './fact'
import type { Joins, KeyType } from './join'
import type { Kind, Observation, Observed } from './observation'
import type { CallCount, Session } from './session'
import type { Gap, Transport } from './upstream'

/** The smallest part of a source that is read as a whole: an account, a tenant, a cluster. */
export type Scope = {
  nativeId: string
  name: string
  type: string
  /** What it is the one to know about, as `<system>:<name>`: links that name things by these are answered here. */
  authorities?: readonly string[]
}

export type StreamAt = {
  session: Session
  scope: Scope
  /** The instant the run began. */
  now: Instant
  /**
   * Says that these kinds were not looked at in full although the stream goes on, with the refusal that is
   * the reason. Completeness is earned by returning; only incompleteness can be declared.
   */
  lacking: (kinds: readonly Kind[], refusal: Fact<unknown>) => void
  /**
   * Says that a part could not be looked at, by how the native ids of all rows of it begin, while the rest was. It costs the
   * look nothing where no such row is held: most of what is turned off never held anything. Where one is, the kind is lacking.
   */
  unlooked: (kinds: readonly Kind[], beginnings: readonly string[], refusal: Fact<unknown>) => void
}
/** Kinds of rows that are, or belong to, an identity of a type; with the types of keys that its identities and issuers can bear. */
export type About = Partial<Record<'identity' | 'grant' | 'owner-hint' | 'credential', readonly string[]>> & {
  keys?: readonly KeyType[]
}
export type Stream = {
  /** The kinds it yields: all it may retire. */
  kinds: readonly Kind[]
  /**
   * Why not being seen is never evidence here, as a sentence: events of a log, objects that are forgotten while what they
   * stand for goes on. Such a stream can only add, and its looks are never complete.
   */
  neverWhole?: string
  /**
   * Types of identities to which its rows of these kinds can only belong (identities: which it can only yield): what is said
   * of others need not wait for it. Left out: any; empty: none, such as a key that no identity holds.
   */
  about?: About
  collect: (at: StreamAt) => AsyncIterable<Observed>
}

/** One permission the connector uses, and what is lost without it: the checklist, the policy and the README come from here. */
export type Permission = { name: string; gives: string; optional?: boolean }

/** A document that gives exactly the permissions used, for a person to apply. */
export type SetupDocument = { title: string; language: 'json' | 'yaml' | 'hcl' | 'shell'; text: string }

export type ImportFormat = {
  id: string
  title: string
  /** The command a person runs to get the file. */
  command: string
  /** File name endings accepted, with the dot. */
  endings: readonly string[]
  /** It names things by other ids than a live read: beside one, everything in it would seem to be there twice. */
  otherIds?: true
}

/** What a source can be told to send by itself. */
export type Receives = {
  title: string
  /** What it sends, in words. */
  format: string
  /** The stream that what was sent is a look of: one that can only add. */
  stream: string
  /** Documents by which the source is told to send to the address. They name a token, and never hold one. */
  setup(address: string): SetupDocument[]
}

/**
 * What holds of every thing of one type, by the rules of its platform: told once, since no look at one of them tells it. Names
 * and principals are patterns, in which `*` stands for any text.
 */
export type OfType = {
  /** Set where these belong to whoever the scope belongs to, never to an organisation outside. */
  own?: true
  /** Names of those that the platform gives to whatever names none. */
  defaults?: readonly string[]
  /** Set where it has no trust of its own: who can act as it is a matter of rights, and of nothing else. */
  trustless?: true
  /**
   * Set where something can act as it only by what is read in its scope: credentials, what runs as it, whom its trust lets in,
   * and rights. Of others it is decided elsewhere, so that nobody can say that nothing does.
   */
  closed?: true
  /** The streams that list the credentials it can hold: of others silence says nothing. Left out: all that may. */
  credentialsIn?: readonly string[]
  /** The streams that tell of such credentials. Left out: all that may. */
  toldBy?: readonly string[]
  /** The part of its scope that its names tell, as expressions with groups: the groups of the first that fits count. */
  place?: readonly string[]
  /** How its trust shows a principal that is deleted. What is of no known kind and fits none of these is not understood. */
  gone?: readonly string[]
  /** Principals of its trust that are people, or groups of them. */
  people?: readonly string[]
  /** Hints (by how they are known) whose people can act as it, beside answering for it. */
  ownersBecome?: readonly string[]
  /** Set where it runs nothing itself, and only hands an identity to what is told beside it. */
  handsOn?: true
  /** Services: what each of them runs as an identity that lets it in are things of this type, and all of them are read. */
  runBy?: readonly string[]
  /** Set where people sign in with it, to a console or a command line. */
  signsIn?: true
  /** What took the place of this sort of credential, as its platform says. */
  supersededBy?: string
  /** How what uses such a credential could sign in without a lasting value. */
  alternative?: string
  /** Set where it is an item of a store of secrets. */
  store?: true
  /** The keys by which it names what it is a copy of. */
  copyOf?: readonly KeyType[]
}

export type Manifest<S = unknown> = {
  id: string
  title: string
  summary: string
  /** Settings of one connection. `.meta({ title, description, placeholder, secret })` describes each field. */
  settings: z.ZodType<S>
  permissions: readonly Permission[]
  /** What each stream reads, in words, by stream name. */
  streams: Readonly<Record<string, string>>
  /** Display names of the types it reports. */
  types: Readonly<Record<string, string>>
  /** What holds of all things of a type, by type. */
  ofType?: Readonly<Record<string, OfType>>
  imports: readonly ImportFormat[]
  /** Set where there is nothing to connect to: it is read from files alone. */
  importOnly?: true
  /** Names its things bear for others, and names by which it means things of others. */
  joins?: Joins
  /** What the source cannot tell, however much is permitted. */
  gaps: readonly string[]
  /** Its connector can follow the source between two syncs. */
  follows?: true
  /** Set where its connector understands what the source sends by itself. */
  receives?: Receives
  /** How often a sync is due unless the connection says otherwise, in minutes. */
  intervalMinutes: number
  setup(settings: Partial<S>): SetupDocument[]
}

/** What an import understood: shown before anything is saved. */
export type ImportReport = {
  understood: { what: string; count: number }[]
  ignored: { what: string; why: string; count: number }[]
  /** Fields that held or may hold a secret and were left out unread. */
  dropped: { path: string; count: number }[]
}
/** A file opened as if it were the source: what it does not hold is `not-offered`. */
export type OpenedFile = { transport: Transport; report: () => ImportReport }

/** A stream of a scope that may say something else than when it was last read. */
export type News = {
  scope: string
  stream: string
  /** What came and went in between, and what the source itself says has ended: no look would meet it. */
  passed: Observed[]
  /** What was not followed, and since when. */
  gaps: Gap[]
}
/** A source that tells its changes as they happen. What was read once is answered from what was heard of it since. */
export type Following = {
  transport: Transport
  /** What is asked from here on is asked for this stream of this scope. */
  reading(scope: string, stream: string): void
  /** Resolves when there is news, or the signal aborts. */
  changed(signal: AbortSignal): Promise<void>
  /** Whether there is news. */
  pending(): boolean
  /** The news since it was last taken. */
  take(): News[]
  /** What could not be followed, and why: it is seen with each sync only. */
  refused(): CallCount[]
}

/** What a source sent, understood. Nothing else of it is kept. */
export type Received = {
  /** Told of things that happened: they can add, and never say that something is gone. */
  observations: Observation[]
  /** What was sent, counted, and how much of it tells nothing that is kept. */
  events: number
  ignored: number
}

export type Connector<S = unknown> = {
  manifest: Manifest<S>
  /** Opens the network side. Must not call anything yet. */
  open(settings: S): Transport
  /** Follows the source until the signal aborts. Undefined where these settings do not want it. */
  follow?(settings: S, at: { signal: AbortSignal; now: () => Instant }): Following | undefined
  /**
   * Decodes what the source sent about one scope, by an allow-list and without a call.
   * @throws RollcallError `invalid` naming the path of what is not understood: then nothing of it is taken
   */
  receive?(body: unknown, at: { scope: Pick<Scope, 'nativeId' | 'name' | 'type'> }): Received
  /** Opens a file by format. @throws RollcallError naming line or path when it cannot be read */
  openFile: (format: string, path: string) => Promise<OpenedFile>
  /** Recorded answers of a small made-up estate, for the sample organisation. */
  sample?: () => Transport
  scopes: (session: Session) => AsyncIterable<Scope>
  streams: Readonly<Record<string, Stream>>
}

export const defineManifest = <S>(manifest: Manifest<S>): Manifest<S> => manifest
export const defineConnector = <S>(connector: Connector<S>): Connector<S> => connector
