// Names of a trust domain as they are kept. The id of an agent that joined by a token holds the token, and so does the parent
// of an entry made for it: until the token is used it is a secret, so that only a digest of it is ever kept.
import { hash } from 'node:crypto'
import { withoutSecretForm } from '@/core/secret-like'
import type { Selector, SpiffeId } from './shapes'

const JOIN_TOKEN = /(\/spire\/agent\/join_token\/)([^/\s]+)/g
const DIGITS = 12

/** The text with every join token in it replaced by a digest, the same for the same token. */
export const withoutToken = (text: string): string =>
  text.replace(JOIN_TOKEN, (_, path: string, token: string) => {
    return `${path}token-${hash('sha256', token).slice(0, DIGITS)}`
  })
/** Whether its real text is not kept: then nobody else can mean it by the text that is. */
export const holdsToken = ({ path }: SpiffeId): boolean => path.startsWith('/spire/agent/join_token/')

export const domainUri = (domain: string): string => `spiffe://${domain}`
export const uriOf = ({ trust_domain, path }: SpiffeId): string =>
  withoutToken(`${domainUri(trust_domain)}${path}`)
/** The server of the domain: the parent of entries that are about nodes. */
export const serverOf = (domain: string): string => `${domainUri(domain)}/spire/server`

/** What is kept of `docker:env:NAME=value`: the value may be a secret. */
const ENVIRONMENT = /^(env:[^=]*)=.*$/s

/** A selector as people write it: type, colon, value. */
export const selectorText = ({ type, value }: Selector): string =>
  withoutSecretForm(withoutToken(`${type}:${value.replace(ENVIRONMENT, '$1=…')}`))

export const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString()
