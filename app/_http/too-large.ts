// More bytes than are taken: `limited`, but with the status that HTTP has for it.
import { RollcallError } from '@/core/errors'

const FILE = { what: 'The file', instead: 'Split it, or connect the source itself.' }

export class TooLarge extends RollcallError {
  constructor(bytesMax: number, { what, instead } = FILE) {
    super('limited', `${what} is larger than ${Math.floor(bytesMax / 1024 / 1024)} MB. ${instead}`)
  }
}
