// How a control is named in OSCAL, where an id has to begin with a letter and knows neither colon, space nor bracket.
import type { ControlResult } from '../report/facts'

const TOKEN = /^[\p{L}_][\p{L}\p{N}._-]*$/u

/**
 * The id as it is printed where that is a token, and as its publisher's own catalogue in OSCAL writes it where there is one.
 * The printed id stands beside it as a property, for this one cannot always be read back.
 */
export function controlToken({ framework, control }: Pick<ControlResult, 'framework' | 'control'>): string {
  // The catalogue of NIST writes AC-2(3) as ac-2.3.
  if (framework.id === 'nist-800-53' && /^[A-Z]{2}-\d+(\(\d+\))?$/.test(control))
    return control.toLowerCase().replace('(', '.').replace(')', '')
  const token = control
    .replace(/\(/g, '.')
    .replace(/\)/g, '')
    .replace(/[\s:]+/g, '-')
    .replace(/[^\p{L}\p{N}._-]/gu, '_')
  return TOKEN.test(token) ? token : `${framework.id}_${token}`
}

/** The part of a control that a finding is about: its statement, as the catalogues of NIST name it. */
export const statementToken = (result: Pick<ControlResult, 'framework' | 'control'>): string =>
  `${controlToken(result)}${result.framework.id === 'nist-800-53' ? '_smt' : '_statement'}`
