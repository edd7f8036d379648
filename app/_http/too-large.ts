// More bytes than are taken: `limited`, but with the status that HTTP has for it.
import { RollcallError } from '@/core/errors'

export class TooLarge extends RollcallError {
  constructor(bytesMax: number) {
    super(
      'limited',
      `The file is larger than ${Math.floor(bytesMax / 1024 / 1024)} MB. Split it, or connect the source itself.`,
    )
  }
}
